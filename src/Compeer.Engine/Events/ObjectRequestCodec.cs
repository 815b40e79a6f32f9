using Google.Protobuf;

namespace Compeer.Engine.Events;

/// <summary>What the owner of an object is asked to do, as bytes and back; the schema is <c>object_request.proto</c> beside this
/// file.</summary>
public static class ObjectRequestCodec
{
    /// <summary>Longest encoding that is read, bytes.</summary>
    public const int LongestEncoding = 4096;

    /// <summary>The bytes that ask for a check.</summary>
    public static byte[] Check(CheckRequestReason reason) =>
        new ObjectRequestMessage { Check = new CheckRequestMessage { Reason = (uint)reason } }.ToByteArray();

    /// <summary>Why a check is asked for; null when the bytes ask for nothing that this version knows. A reason that a later
    /// version has counts as <see cref="CheckRequestReason.Child"/>: the check is what matters.</summary>
    public static CheckRequestReason? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongestEncoding)
        {
            return null;
        }

        try
        {
            var reason = (CheckRequestReason?)ObjectRequestMessage.Parser.ParseFrom(bytes).Check?.Reason;
            return reason is null || Enum.IsDefined(reason.Value) ? reason : CheckRequestReason.Child;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
