using Compeer.Engine.Model;
using Google.Protobuf;

namespace Compeer.Engine.Events;

/// <summary>Writes check states as <see cref="CheckStateCodec"/> reads them, one after the other into the same place: a node writes one
/// for every result. Used by one thread.</summary>
public sealed class CheckStateEncoder
{
    private readonly CheckStateMessage _message = new();
    private byte[] _bytes = new byte[512];

    /// <summary>The bytes of a state, until the next is written.</summary>
    public ReadOnlyMemory<byte> Encode(CheckState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Fill(state);
        var length = _message.CalculateSize();
        if (_bytes.Length < length)
        {
            _bytes = new byte[2 * length];
        }

        _message.WriteTo(_bytes.AsSpan(0, length));
        (_message.Output, _message.LongOutput, _message.PerformanceData) = (ByteString.Empty, ByteString.Empty, ByteString.Empty);
        return _bytes.AsMemory(0, length);
    }

    /// <summary>All fields, those of the state before among them.</summary>
    private void Fill(CheckState state)
    {
        _message.State = state.State;
        _message.LastState = state.LastState;
        _message.LastHardState = state.LastHardState;
        _message.Attempt = (uint)state.Attempt;
        _message.IsSoft = state.IsSoft;
        _message.HostProblemAtLastCheck = state.HostProblemAtLastCheck;
        _message.HasBeenChecked = state.HasBeenChecked;
        _message.LastCheck = state.LastCheckTicks;
        _message.NextCheck = state.NextCheckTicks;
        _message.LastStateChange = state.LastStateChangeTicks;
        _message.LastHardStateChange = state.LastHardStateChangeTicks;
        _message.LastTimeState0 = state.LastTimeState0Ticks;
        _message.LastTimeState1 = state.LastTimeState1Ticks;
        _message.LastTimeState2 = state.LastTimeState2Ticks;
        _message.LastTimeState3 = state.LastTimeState3Ticks;
        _message.Latency = state.LatencyTicks;
        _message.ExecutionTime = state.ExecutionTicks;

        _message.EventId = state.History.EventId;
        _message.LastEventId = state.History.LastEventId;
        _message.ProblemStart = state.History.ProblemStartTicks;
        _message.ProblemEnd = state.History.ProblemEndTicks;
        _message.LastProblemStart = state.History.LastProblemStartTicks;
        _message.StateHistory = state.StateHistory.Bits;
        _message.IsFlapping = state.IsFlapping;
        _message.IsPassive = state.IsPassive;

        var performanceStart = state.OutputLength + state.LongOutputLength;
        _message.Output = Text(state.Text[..state.OutputLength]);
        _message.LongOutput = Text(state.Text[state.OutputLength..performanceStart]);
        _message.PerformanceData = Text(state.Text[performanceStart..]);
    }

    /// <summary>Not copied: a state never changes, and the message lets go of it.</summary>
    private static ByteString Text(ReadOnlyMemory<byte> text) =>
        text.IsEmpty ? ByteString.Empty : UnsafeByteOperations.UnsafeWrap(text);
}
