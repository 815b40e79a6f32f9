using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Model;

/// <summary>
/// The id of a problem, a UUID as in Naemon. There it is random; here it is made of the object's names and the time at which the
/// problem began, so that it need not be kept and every peer says the same.
/// </summary>
internal static class ProblemId
{
    private const int Bytes = 16;

    /// <summary>The id of a problem that began then; version 8 of RFC 9562.</summary>
    public static Guid Of(CheckableDefinition subject, long startTicks)
    {
        (var host, var service) = subject is ServiceDefinition definition
            ? (definition.Host.Name, definition.Description)
            : (((HostDefinition)subject).Name, string.Empty);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> start = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(start, startTicks);

        // Names hold no line ends.
        SHA256.HashData([.. Encoding.Unicode.GetBytes($"{host}\n{service}\n"), .. start], hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..Bytes], bigEndian: true);
    }
}
