using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Google.Protobuf;

namespace Compeer.Engine.Events;

/// <summary>What the owner of an object is asked to do, as bytes and back; the schema is <c>object_request.proto</c> beside this
/// file.</summary>
public static class ObjectRequestCodec
{
    /// <summary>Longest encoding that is read, bytes.</summary>
    public const int LongestEncoding = 4096;

    /// <summary>Most of a result's text that goes to another node, bytes; what is longer is cut.</summary>
    public const int LongestOutput = LongestEncoding - 64;

    /// <summary>Most of the name of who sends a notification, bytes.</summary>
    private const int LongestAuthor = 256;

    /// <summary>The bytes that ask for a check.</summary>
    public static byte[] Check(CheckRequestReason reason) => Encode(new ObjectRequest.Check(reason));

    /// <summary>The bytes of a request.</summary>
    public static byte[] Encode(ObjectRequest request)
    {
        var message = request switch
        {
            ObjectRequest.Check check => new ObjectRequestMessage { Check = new CheckRequestMessage { Reason = (uint)check.Reason } },
            ObjectRequest.Schedule schedule => new ObjectRequestMessage
            {
                Schedule = new ScheduleRequestMessage { At = schedule.At.UtcTicks, IsForced = schedule.IsForced },
            },
            ObjectRequest.Result result => new ObjectRequestMessage
            {
                Result = new PassiveResultMessage
                {
                    Code = (uint)result.Code,
                    Output = UnsafeByteOperations.UnsafeWrap(result.Output[..Math.Min(result.Output.Length, LongestOutput)]),
                    At = result.At.UtcTicks,
                    IsActive = result.IsActive,
                    Execution = result.Execution.Ticks,
                },
            },
            ObjectRequest.Notify notify => new ObjectRequestMessage
            {
                Notify = new NotifyRequestMessage
                {
                    Options = (uint)notify.Options,
                    Author = Bytes(notify.Author, LongestAuthor),
                    Comment = Bytes(notify.Comment, LongestOutput - LongestAuthor),
                },
            },
            ObjectRequest.DelayNotification delay => new ObjectRequestMessage { DelayNotification = delay.Until.UtcTicks },
            ObjectRequest.SetNotificationNumber set => new ObjectRequestMessage { NotificationNumber = set.Number },
            _ => throw new ArgumentOutOfRangeException(nameof(request), request, "no such request"),
        };
        return message.ToByteArray();
    }

    /// <summary>What is asked for; null when the bytes ask for nothing that this version knows. A reason that a later version has
    /// counts as <see cref="CheckRequestReason.Child"/>: the check is what matters.</summary>
    public static ObjectRequest? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestEncoding)
        {
            return null;
        }

        try
        {
            var message = ObjectRequestMessage.Parser.ParseFrom(bytes);
            return message switch
            {
                { Check: { } check } => new ObjectRequest.Check(
                    Enum.IsDefined((CheckRequestReason)check.Reason) ? (CheckRequestReason)check.Reason : CheckRequestReason.Child),
                { Schedule: { } schedule } when IsTime(schedule.At) =>
                    new ObjectRequest.Schedule(new DateTimeOffset(schedule.At, TimeSpan.Zero), schedule.IsForced),
                { Result: { Code: <= 3, Execution: >= 0 } result } when IsTime(result.At) => new ObjectRequest.Result(
                    (int)result.Code, result.Output.Memory, new DateTimeOffset(result.At, TimeSpan.Zero))
                {
                    IsActive = result.IsActive,
                    Execution = new TimeSpan(result.Execution),
                },
                { Notify: { Options: <= 7 } notify } => new ObjectRequest.Notify(
                    (NotificationOptions)notify.Options,
                    ConfigurationText.Decode(notify.Author.Span),
                    ConfigurationText.Decode(notify.Comment.Span)),
                { HasDelayNotification: true } when IsTime(message.DelayNotification) =>
                    new ObjectRequest.DelayNotification(new DateTimeOffset(message.DelayNotification, TimeSpan.Zero)),
                { HasNotificationNumber: true, NotificationNumber: >= 0 } =>
                    new ObjectRequest.SetNotificationNumber(message.NotificationNumber),
                _ => null,
            };
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static ByteString Bytes(string text, int most)
    {
        var bytes = ConfigurationText.Encode(text);
        return UnsafeByteOperations.UnsafeWrap(bytes.AsMemory(0, Math.Min(bytes.Length, most)));
    }

    private static bool IsTime(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;
}
