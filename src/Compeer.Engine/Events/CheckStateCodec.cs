using System.Globalization;
using Compeer.Engine.Model;
using Google.Protobuf;

namespace Compeer.Engine.Events;

/// <summary>A check state as bytes and back; the schema is <c>check_state.proto</c> beside this file.</summary>
public static class CheckStateCodec
{
    /// <summary>Longest encoding that is accepted, bytes: three texts at their limit and room for fields to come.</summary>
    public const int LongestEncoding = (3 * EngineLimits.TextPart) + 4096;

    private const int HighestState = 3;

    private static readonly MessageParser<CheckStateMessage> KnownFields =
        CheckStateMessage.Parser.WithDiscardUnknownFields(discardUnknownFields: true);

    /// <summary>The bytes of a state.</summary>
    public static byte[] Encode(CheckState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new CheckStateEncoder().Encode(state).ToArray();
    }

    /// <summary>The state of these bytes. Fields that are not known are skipped; anything that no encoder writes is an
    /// error, so that a broken disk or peer cannot bring the engine into an impossible state.</summary>
    public static CheckStateDecoding Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestEncoding)
        {
            return Refused($"a check state of {bytes.Length} bytes; at most {LongestEncoding} are allowed");
        }

        CheckStateMessage message;
        try
        {
            message = KnownFields.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException problem)
        {
            return Refused($"a check state that cannot be read: {problem.Message}");
        }

        return FindError(message) is { } error ? Refused(error)
            : new CheckStateDecoding(ToState(message), null, IsWhole: message.CalculateSize() == bytes.Length);
    }

    private static string? FindError(CheckStateMessage message)
    {
        if (Math.Max(message.State, Math.Max(message.LastState, message.LastHardState)) > HighestState)
        {
            return $"a check state with state {message.State}, last {message.LastState}, last hard {message.LastHardState}; "
                + "0 to 3 are allowed";
        }

        if (message.Attempt is < 1 or > int.MaxValue)
        {
            return $"a check state with attempt {message.Attempt}; it starts at 1";
        }

        ReadOnlySpan<long> times =
        [
            message.LastCheck, message.NextCheck, message.LastStateChange, message.LastHardStateChange, message.LastTimeState0,
            message.LastTimeState1, message.LastTimeState2, message.LastTimeState3, message.Latency, message.ExecutionTime,
            message.ProblemStart, message.ProblemEnd, message.LastProblemStart,
        ];
        foreach (var time in times)
        {
            if (time < 0 || time > DateTime.MaxValue.Ticks)
            {
                return $"a check state with the time {time}; 0 to {DateTime.MaxValue.Ticks} are allowed";
            }
        }

        if (Math.Min(message.EventId, message.LastEventId) < 0
            || Math.Max(message.EventId, message.LastEventId) > EventHistory.HighestEventId)
        {
            return $"a check state with the events {message.LastEventId} and {message.EventId}; "
                + $"0 to {EventHistory.HighestEventId} are allowed";
        }

        if (message.StateHistory > StateHistory.Mask)
        {
            return $"a check state with the states {message.StateHistory}; {StateHistory.Length} of two bits each are allowed";
        }

        var longest = Math.Max(message.Output.Length, Math.Max(message.LongOutput.Length, message.PerformanceData.Length));
        return longest > EngineLimits.TextPart
            ? $"a check state with a text of {longest} bytes; at most {EngineLimits.TextPart} are allowed"
            : null;
    }

    private static CheckState ToState(CheckStateMessage message)
    {
        var text = new byte[message.Output.Length + message.LongOutput.Length + message.PerformanceData.Length];
        message.Output.Span.CopyTo(text);
        message.LongOutput.Span.CopyTo(text.AsSpan(message.Output.Length));
        message.PerformanceData.Span.CopyTo(text.AsSpan(message.Output.Length + message.LongOutput.Length));
        return new CheckState
        {
            State = (byte)message.State,
            LastState = (byte)message.LastState,
            LastHardState = (byte)message.LastHardState,
            Attempt = (int)message.Attempt,
            IsSoft = message.IsSoft,
            HostProblemAtLastCheck = message.HostProblemAtLastCheck,
            HasBeenChecked = message.HasBeenChecked,
            LastCheckTicks = message.LastCheck,
            NextCheckTicks = message.NextCheck,
            LastStateChangeTicks = message.LastStateChange,
            LastHardStateChangeTicks = message.LastHardStateChange,
            LastTimeState0Ticks = message.LastTimeState0,
            LastTimeState1Ticks = message.LastTimeState1,
            LastTimeState2Ticks = message.LastTimeState2,
            LastTimeState3Ticks = message.LastTimeState3,
            LatencyTicks = message.Latency,
            ExecutionTicks = message.ExecutionTime,
            History = HistoryOf(message),
            StateHistory = new StateHistory(message.StateHistory),
            IsFlapping = message.IsFlapping,
            IsPassive = message.IsPassive,
            Text = text,
            OutputLength = message.Output.Length,
            LongOutputLength = message.LongOutput.Length,
        };
    }

    private static EventHistory HistoryOf(CheckStateMessage message)
    {
        var history = new EventHistory
        {
            EventId = message.EventId,
            LastEventId = message.LastEventId,
            ProblemStartTicks = message.ProblemStart,
            ProblemEndTicks = message.ProblemEnd,
            LastProblemStartTicks = message.LastProblemStart,
        };
        return history == EventHistory.None ? EventHistory.None : history;
    }

    private static CheckStateDecoding Refused(FormattableString error) =>
        Refused(error.ToString(CultureInfo.InvariantCulture));

    private static CheckStateDecoding Refused(string error) => new(null, error, IsWhole: false);
}
