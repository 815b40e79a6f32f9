using Compeer.Configuration.Text;
using Compeer.Daemon.Log;

namespace Compeer.Daemon.QueryHandler;

/// <summary>Gives each query to the handler that it names. Any thread.</summary>
internal sealed class QueryDesk
{
    private readonly IQueryHandler[] _handlers;
    private readonly DaemonLog _log;

    public QueryDesk(IEnumerable<IQueryHandler> handlers, DaemonLog log)
    {
        _handlers = [.. handlers.Append(new EchoHandler()).Append(new HelpHandler(() => _handlers!))
            .OrderBy(handler => handler.Name, StringComparer.Ordinal)];
        _log = log;
    }

    /// <summary>The bytes to send, and whether the connection ends behind them.</summary>
    /// <exception cref="OperationCanceledException">The daemon stops.</exception>
    public async Task<(byte[] Bytes, bool Ends)> AnswerAsync(QueryRequest request, Subscriber subscriber, CancellationToken stopping)
    {
        var handler = Array.Find(_handlers, handler => handler.Name == request.Handler);
        if (handler is null)
        {
            return (ConfigurationText.Encode($"404: {ConfigurationText.Readable(request.Handler)}: No such handler"), true);
        }

        QueryAnswer answer;
        try
        {
            answer = await handler.AnswerAsync(request.Query, subscriber, stopping).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _log.Error($"query handler {handler.Name} failed: {fault}");
            answer = QueryAnswer.Coded(500);
        }

        return (BytesOf(answer, request.KeepsAlive), answer.Code >= QueryAnswer.FirstError || !request.KeepsAlive);
    }

    /// <summary>The answer that something is wrong with the request itself.</summary>
    public static byte[] Refusal(int code) => ConfigurationText.Encode($"{code}: {QueryAnswer.WordsOf(code)}\0");

    private static byte[] BytesOf(QueryAnswer answer, bool keepsAlive)
    {
        var code = answer.Code == 0 ? [] : Refusal(answer.Code);
        var needsEnd = answer.EndsWithNul || (keepsAlive && code.Length == 0 && answer.Text.Length > 0);
        return [.. answer.Text.Span, .. needsEnd ? "\0"u8 : [], .. code];
    }
}
