using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Compeer.Configuration.Text;
using Compeer.Daemon.Log;
using Compeer.Daemon.Passive;
using Compeer.Daemon.Sockets;

namespace Compeer.Daemon.Nsca;

/// <summary>One client of NSCA: it is sent random bytes and the time, and sends a packet for each result until it has no more.</summary>
internal sealed class NscaConnection(
    Socket socket, NscaSettings settings, PassiveDesk desk, PassiveCounters counters, DaemonLog log, TimeProvider clock)
    : IServedConnection
{
    /// <summary>The random bytes of the first packet (NSCA's <c>TRANSMITTED_IV_SIZE</c>).</summary>
    private const int VectorBytes = 128;

    private const int BufferBytes = 8 * NscaPacket.LongBytes;

    /// <summary>How long a client may say nothing: between packets and in the middle of one.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestLookUp = TimeSpan.FromSeconds(3);

    private readonly IPEndPoint _remote = (IPEndPoint)socket.RemoteEndPoint!;
    private long _lastHeard = clock.GetTimestamp();
    private volatile bool _isBusy;

    /// <inheritdoc/>
    public long? IdleSince => _isBusy ? null : Volatile.Read(ref _lastHeard);

    /// <summary>Who it is, for people.</summary>
    public IPEndPoint Remote => _remote;

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    /// <inheritdoc/>
    public async Task ServeAsync(CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(Silence, clock);
        using var registration = stopping.Register(limit.Cancel);
        try
        {
            var vector = RandomNumberGenerator.GetBytes(VectorBytes);
            await GreetAsync(vector, limit.Token).ConfigureAwait(false);
            var cipher = settings.Method.Cipher(settings.Password, vector);
            using var disposable = cipher as IDisposable;
            await ReadAsync(new NscaStream(cipher), limit, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            Refuse(PassiveRefusal.TimedOut, $"it said nothing for {Silence.TotalSeconds:0} s");
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The daemon stops, the client broke off, or another connection got its place.
        }
        finally
        {
            socket.Dispose();
        }
    }

    private async Task GreetAsync(byte[] vector, CancellationToken limit)
    {
        var greeting = new byte[VectorBytes + sizeof(uint)];
        vector.CopyTo(greeting, 0);
        BinaryPrimitives.WriteUInt32BigEndian(greeting.AsSpan(VectorBytes), (uint)clock.GetUtcNow().ToUnixTimeSeconds());
        for (var sent = 0; sent < greeting.Length;)
        {
            sent += await socket.SendAsync(greeting.AsMemory(sent), limit).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(NscaStream stream, CancellationTokenSource limit, CancellationToken stopping)
    {
        var buffer = new byte[BufferBytes];
        while (true)
        {
            limit.CancelAfter(Silence);
            var count = await socket.ReceiveAsync(buffer, limit.Token).ConfigureAwait(false);
            Volatile.Write(ref _lastHeard, clock.GetTimestamp());
            if (count == 0)
            {
                if (stream.IsCut)
                {
                    Refuse(PassiveRefusal.Malformed, "it ended in the middle of a packet");
                }

                return;
            }

            // Waiting for the loop is not the client's silence.
            limit.CancelAfter(Timeout.InfiniteTimeSpan);
            _isBusy = true;
            for (var taken = 0; taken < count;)
            {
                switch (Take(stream, buffer.AsSpan(taken, count - taken), ref taken, out var packet))
                {
                    case NscaProgress.Packet:
                        if (!await GiveAsync(packet, stopping).ConfigureAwait(false))
                        {
                            return;
                        }

                        break;
                    case NscaProgress.Broken:
                        Refuse(
                            PassiveRefusal.NotAuthentic,
                            "its packet cannot be read: another password or encryption_method than here, or no send_nsca");
                        return;
                    default:
                        break;
                }
            }

            _isBusy = false;
        }
    }

    private static NscaProgress Take(NscaStream stream, ReadOnlySpan<byte> bytes, ref int taken, out NscaPacket packet)
    {
        var before = bytes.Length;
        var progress = stream.Take(ref bytes, out packet);
        taken += before - bytes.Length;
        return progress;
    }

    /// <returns>Whether the connection may go on.</returns>
    private async ValueTask<bool> GiveAsync(NscaPacket packet, CancellationToken stopping)
    {
        var age = clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(packet.At);
        if (settings.MaxPacketAge > TimeSpan.Zero && age.Duration() >= settings.MaxPacketAge + TimeSpan.FromSeconds(1))
        {
            Refuse(PassiveRefusal.Stale, "its packet is older than max_packet_age, or was recorded elsewhere");
            return false;
        }

        var service = packet.Service.IsEmpty ? null : ConfigurationText.Decode(packet.Service.Span);
        var result = new PassiveResult(ConfigurationText.Decode(packet.Host.Span), service, packet.Code, packet.Output);
        if (result.Problem is { } problem)
        {
            Refuse(PassiveRefusal.NotTaken, $"a result of {result.Object} is not taken: {problem}");
            return true;
        }

        if (settings.ChecksNames && !await IsItsHostAsync(result.Host, stopping).ConfigureAwait(false))
        {
            Refuse(PassiveRefusal.Address, "it sent a result of a host that has another address (strict_mode_spoofing)");
            return false;
        }

        if (settings.TellsEach)
        {
            log.Information($"nsca: {_remote} sent {result.Code} of {result.Object}");
        }

        await desk.GiveAsync(result, counters, told: null, stopping).ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether the name of a host leads to the address at the other end.</summary>
    private async Task<bool> IsItsHostAsync(string host, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(LongestLookUp);
        try
        {
            var remote = _remote.Address.IsIPv4MappedToIPv6 ? _remote.Address.MapToIPv4() : _remote.Address;
            var addresses = await Dns.GetHostAddressesAsync(host, limit.Token).ConfigureAwait(false);
            return addresses.Contains(remote);
        }
        catch (Exception fault) when (fault is SocketException or ArgumentException
            || (fault is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return false;
        }
    }

    private void Refuse(PassiveRefusal reason, string words)
    {
        counters.Refuse(reason);
        log.Refused(_remote.ToString(), $"nsca: {words}");
    }
}
