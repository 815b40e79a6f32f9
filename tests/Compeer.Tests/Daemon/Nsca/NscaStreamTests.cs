using System.Collections.Concurrent;
using System.Text;
using Compeer.Daemon.Nsca;
using Compeer.Daemon.Nsca.Ciphers;

namespace Compeer.Tests.Daemon.Nsca;

/// <summary>What clients send, cut into packets.</summary>
public sealed class NscaStreamTests
{
    private static readonly byte[] Password = "secret"u8.ToArray();
    private static readonly byte[] Vector = [.. Enumerable.Range(3, 128).Select(value => (byte)value)];

    private static readonly ConcurrentDictionary<(int Method, bool IsShort, int Count), byte[]> Made = [];

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(14, false)]
    [InlineData(14, true)]
    [InlineData(8, false)]
    [InlineData(8, true)]
    public void Packets_InPiecesOfAnySize_AreRead(int method, bool isShort)
    {
        var bytes = Coded(method, isShort, count: 7);
        foreach (var piece in new[] { 1000, 719, 720, 721, 4303, 4304, 4305, 50_000 })
        {
            var stream = new NscaStream(Cipher(method));
            Assert.Equal(Expected(7), Read(stream, bytes, piece));
            Assert.False(stream.IsCut);
        }
    }

    [Fact]
    public void Packets_OneByteAtATime_AreRead()
    {
        var stream = new NscaStream(Cipher(14));
        Assert.Equal(Expected(2), Read(stream, Coded(14, isShort: true, count: 2), piece: 1));
    }

    [Theory]
    [InlineData(14)]
    [InlineData(1)]
    [InlineData(3)]
    public void Packet_OfAnotherPassword_IsBroken(int method)
    {
        var other = EncryptionMethod.Find(method)!.Cipher("Secret"u8.ToArray(), Vector);
        var stream = new NscaStream(other);
        Assert.Equal(["broken"], Read(stream, Coded(method, isShort: false, count: 1), piece: 9999));
    }

    [Fact]
    public void Packet_OfAnotherMethod_IsBroken() =>
        Assert.Equal(["broken"], Read(new NscaStream(Cipher(20)), Coded(14, isShort: false, count: 1), piece: 9999));

    [Fact]
    public void Packet_ThatIsCut_WaitsAndIsCut()
    {
        var stream = new NscaStream(Cipher(14));
        Assert.Equal(Expected(1), Read(stream, Coded(14, isShort: false, count: 2)[..^1], piece: 9999));
        Assert.True(stream.IsCut);
    }

    [Fact]
    public void Packet_WhoseFieldsHaveNoEnd_LosesTheLastByteOfEach()
    {
        var plain = TestPackets.Plain(0, 0, "h", "s", "o");
        plain.AsSpan(14).Fill((byte)'y');
        plain.AsSpan(4, 4).Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(plain.AsSpan(4), Checksum.Of(plain));
        Assert.True(NscaPacket.TryRead(plain, out var packet));
        Assert.Equal((63, 127, 4095), (packet.Host.Length, packet.Service.Length, packet.Output.Length));
    }

    [Fact]
    public void Checksum_OfTheUsualTest_IsTheUsual() => Assert.Equal(0xCBF43926, Checksum.Of("123456789"u8));

    /// <summary>Damaged packets, cut ones, garbage and good ones in any order: no exception, no loop without an end, and never a result
    /// that nobody sent. A planted fault shows that a wrong result would be found.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Stream_OfDamagedPackets_GivesOnlyWhatWasSent(bool hasFault)
    {
        var random = new Random(20261126);
        var outcomes = new Dictionary<string, int>();
        var foreign = 0;
        for (var run = 0; run < 3000; run++)
        {
            var method = new[] { 0, 1, 14 }[random.Next(3)];
            var bytes = Damage(random, Coded(method, isShort: random.Next(2) == 0, count: random.Next(1, 4)), hasFault && method == 0);
            var stream = new NscaStream(Cipher(method));
            var read = Read(stream, bytes, piece: random.Next(1, 6000));
            foreach (var line in read)
            {
                foreign += line == "broken" || Expected(3).Contains(line) ? 0 : 1;
            }

            var outcome = read is [.., "broken"] ? "broken" : stream.IsCut ? "cut" : "whole";
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        Assert.Equal(hasFault, foreign > 0);
        Assert.All(["broken", "cut", "whole"], outcome => Assert.True(outcomes.GetValueOrDefault(outcome) > 100, outcome));
    }

    private static byte[] Damage(Random random, byte[] bytes, bool mendsChecksum)
    {
        switch (random.Next(5))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                random.NextBytes(bytes.AsSpan(random.Next(bytes.Length)));
                break;
            case 3:
                var garbage = new byte[random.Next(20_000)];
                random.NextBytes(garbage);
                return [.. bytes, .. garbage];
            default:
                break;
        }

        if (mendsChecksum && bytes.Length == NscaPacket.LongBytes)
        {
            bytes[20] ^= 1;
            bytes.AsSpan(4, 4).Clear();
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), Checksum.Of(bytes));
        }

        return bytes;
    }

    private static NscaCipher Cipher(int method) => EncryptionMethod.Find(method)!.Cipher(Password, Vector);

    /// <summary>A copy of what a client sends; made once, since encrypting one byte after the other takes its time.</summary>
    private static byte[] Coded(int method, bool isShort, int count) =>
        [.. Made.GetOrAdd((method, isShort, count), static key => Make(key.Method, key.IsShort, key.Count))];

    private static byte[] Make(int method, bool isShort, int count)
    {
        var cipher = Cipher(method);
        return
        [
            .. Enumerable.Range(0, count).SelectMany(number => TestPackets.Encrypt(
                cipher, TestPackets.Plain(1000, number, $"host{number}", number % 2 == 0 ? "" : "Löad", $"output {number}", isShort))),
        ];
    }

    private static List<string> Expected(int count) =>
        [.. Enumerable.Range(0, count).Select(number => $"1000 {number} host{number}/{(number % 2 == 0 ? "" : "Löad")} output {number}")];

    private static List<string> Read(NscaStream stream, byte[] bytes, int piece)
    {
        List<string> read = [];
        foreach (var chunk in bytes.Chunk(piece))
        {
            ReadOnlySpan<byte> rest = chunk;
            while (!rest.IsEmpty)
            {
                var progress = stream.Take(ref rest, out var packet);
                if (progress == NscaProgress.Broken)
                {
                    return [.. read, "broken"];
                }

                if (progress == NscaProgress.Packet)
                {
                    read.Add($"{packet.At} {packet.Code} {Text(packet.Host)}/{Text(packet.Service)} {Text(packet.Output)}");
                }
            }
        }

        return read;
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
