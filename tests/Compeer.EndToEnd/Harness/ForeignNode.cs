using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Compeer.EndToEnd.Harness;

/// <summary>
/// A program that has a node's key and connects to another node, then says whatever the test wants: TLS and the length
/// prefixes are its own, so that nothing of the product keeps it from misbehaving.
/// </summary>
internal sealed class ForeignNode : IDisposable
{
    private readonly Socket _socket;
    private readonly SslStream _stream;
    private readonly X509Certificate2 _certificate;

    private ForeignNode(Socket socket, SslStream stream, X509Certificate2 certificate)
    {
        _socket = socket;
        _stream = stream;
        _certificate = certificate;
    }

    /// <summary>Connects to <paramref name="target"/> with the private key of <paramref name="identity"/>.</summary>
    public static async Task<ForeignNode> ConnectAsync(MonitorNode identity, MonitorNode target)
    {
        using var key = PrivateKeyOf(identity);
        using var expected = PrivateKeyOf(target);
        var expectedKey = expected.ExportSubjectPublicKeyInfo();
        var request = new CertificateRequest("CN=foreign", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(target.Address, target.Port);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        var node = new ForeignNode(socket, stream, certificate);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "anything",
            EnabledSslProtocols = SslProtocols.Tls13,
            LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
            ClientCertificates = [certificate],
            RemoteCertificateValidationCallback = (_, shown, _, _) =>
                shown is X509Certificate2 full && full.PublicKey.ExportSubjectPublicKeyInfo().SequenceEqual(expectedKey),
        });
        return node;
    }

    /// <summary>Sends bytes as they are; false when the other side has closed the connection.</summary>
    public async Task<bool> TrySendAsync(ReadOnlyMemory<byte> bytes, TimeSpan limit)
    {
        using var cancellation = new CancellationTokenSource(limit);
        try
        {
            await _stream.WriteAsync(bytes, cancellation.Token);
            return true;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>The body of the next frame; null when the other side has closed the connection, or by the cancellation.</summary>
    public async Task<byte[]?> ReadFrameAsync(CancellationToken cancellation)
    {
        try
        {
            var length = new byte[4];
            await _stream.ReadExactlyAsync(length, cancellation);
            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
            await _stream.ReadExactlyAsync(body, cancellation);
            return body;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>Bytes behind their length, as a frame travels.</summary>
    public static byte[] Framed(ReadOnlySpan<byte> body)
    {
        var frame = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, body.Length);
        body.CopyTo(frame.AsSpan(4));
        return frame;
    }

    /// <summary>Reads until the other side closes; false when it has not within the limit.</summary>
    public async Task<bool> IsClosedWithinAsync(TimeSpan limit)
    {
        using var cancellation = new CancellationTokenSource(limit);
        var buffer = new byte[64 * 1024];
        try
        {
            while (await _stream.ReadAsync(buffer, cancellation.Token) > 0)
            {
                // What a node says meanwhile does not matter here.
            }

            return true;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static ECDsa PrivateKeyOf(MonitorNode node)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(node.Paths.MerlinFolder, "node.key")));
        return key;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _stream.Dispose();
        _certificate.Dispose();
    }
}
