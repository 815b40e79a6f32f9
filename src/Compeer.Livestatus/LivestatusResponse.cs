using System.Globalization;
using System.Text;
using Compeer.Configuration.Text;
using Compeer.Livestatus.Output;
using Compeer.Livestatus.Syntax;

namespace Compeer.Livestatus;

/// <summary>An answer, ready to be sent; give it back when it was.</summary>
public sealed class LivestatusResponse : IDisposable
{
    private readonly ResponseBuffer _body;
    private readonly bool _hasHeader;

    internal LivestatusResponse(LivestatusRequest request, ResponseBuffer body, RequestError? error)
    {
        _body = body;
        _hasHeader = request.HasResponseHeader;
        Code = error?.Code ?? ResponseCode.Ok;
        if (error is not null)
        {
            body.Clear();
            body.Add(ConfigurationText.Encode(error.Message));
            body.Add((byte)'\n');
        }
    }

    /// <summary>The code.</summary>
    public ResponseCode Code { get; }

    /// <summary>How many bytes there are to send.</summary>
    public long Length => _body.Length + (_hasHeader ? 16 : 0);

    /// <summary>The bytes to send, in order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces => _hasHeader ? _body.Pieces.Prepend(Header()) : _body.Pieces;

    /// <inheritdoc/>
    public void Dispose() => _body.Dispose();

    /// <summary>Sixteen bytes: the code, a blank, the length of the rest in eleven places, and a newline.</summary>
    private byte[] Header() =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(int)Code:000} {_body.Length,11}\n"));
}
