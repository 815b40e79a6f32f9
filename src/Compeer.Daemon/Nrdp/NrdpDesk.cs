using System.Globalization;
using System.Text;
using Compeer.Configuration.Text;
using Compeer.Daemon.Log;
using Compeer.Daemon.Passive;

namespace Compeer.Daemon.Nrdp;

/// <summary>Answers requests, as NRDP's <c>route_request</c> and its two plugins do.</summary>
internal sealed class NrdpDesk(
    NrdpTokens tokens, PassiveDesk desk, PassiveCounters counters, DaemonLog log, TimeProvider clock)
{
    /// <summary>The version of NRDP whose words these are.</summary>
    private const string ProtocolVersion = "2.0.5";

    private const int NamesShown = 5;

    /// <summary>Does what a request asks for.</summary>
    /// <param name="form">Its variables.</param>
    /// <param name="remote">Who asks, for people.</param>
    /// <param name="stopping">Gives up.</param>
    public async Task<NrdpAnswer> AnswerAsync(NrdpForm form, string remote, CancellationToken stopping)
    {
        var command = form["cmd"]?.ToLowerInvariant();
        if (command == "hello")
        {
            return new NrdpAnswer("response", 0, "OK") { Product = ("nrdp", ProtocolVersion) };
        }

        if (form["token"] is not { } token)
        {
            return Refuse(remote, PassiveRefusal.NotAuthentic, "NO TOKEN", "it has no token");
        }

        if (!tokens.MaySendResults(token))
        {
            return Refuse(remote, PassiveRefusal.NotAuthentic, "BAD TOKEN", "its token is none of nrdp.cfg");
        }

        return command switch
        {
            "submitcheck" => await TakeResultsAsync(form, remote, stopping).ConfigureAwait(false),
            "submitcmd" or "submitrawcmd" => await TakeCommandsAsync(form, token, remote, stopping).ConfigureAwait(false),
            _ => NrdpAnswer.Error("NO REQUEST HANDLER", "cmd must be submitcheck, submitcmd or hello"),
        };
    }

    private async Task<NrdpAnswer> TakeResultsAsync(NrdpForm form, string remote, CancellationToken stopping)
    {
        var xml = form["xml"] ?? form["xmldata"] ?? form["XMLDATA"];
        var json = form["json"] ?? form["jsondata"] ?? form["JSONDATA"];
        if (xml is null && json is null)
        {
            return NrdpAnswer.Error("NO DATA");
        }

        var results = xml is not null ? NrdpResults.OfXml(xml, out var problem) : NrdpResults.OfJson(json!, out problem);
        if (results is null)
        {
            return Refuse(remote, PassiveRefusal.Malformed, xml is not null ? "BAD XML" : "BAD JSON", problem);
        }

        List<string> refused = [];
        await GiveAsync(results, refused, stopping).ConfigureAwait(false);
        var processed = $"{results.Count - refused.Count} checks processed";
        if (refused.Count == 0)
        {
            return NrdpAnswer.Done(processed);
        }

        // Not an error: a sender that keeps what was refused would send it for ever.
        var more = refused.Count > NamesShown ? $" and {refused.Count - NamesShown} more" : "";
        return NrdpAnswer.Done($"{processed}, {refused.Count} not taken: {string.Join("; ", refused.Take(NamesShown))}{more}");
    }

    /// <summary>Gives them to the engine and waits until it took them.</summary>
    private async Task GiveAsync(List<PassiveResult> results, List<string> refused, CancellationToken stopping)
    {
        var waiting = new List<Task<string?>>(results.Count);
        foreach (var result in results)
        {
            if (result.Problem is { } problem)
            {
                counters.Count(isTaken: false);
                waiting.Add(Task.FromResult<string?>(problem));
                continue;
            }

            var told = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add(told.Task);
            await desk.GiveAsync(result, counters, failure => told.TrySetResult(failure), stopping).ConfigureAwait(false);
        }

        for (var i = 0; i < results.Count; i++)
        {
            if (await waiting[i].WaitAsync(stopping).ConfigureAwait(false) is { } failure)
            {
                refused.Add($"{results[i].Object}: {failure}");
            }
        }
    }

    private async Task<NrdpAnswer> TakeCommandsAsync(NrdpForm form, string token, string remote, CancellationToken stopping)
    {
        if (!tokens.AllowsCommands)
        {
            return NrdpAnswer.Error("COMMANDS DISABLED", "nrdp.cfg has no command_token");
        }

        if (!tokens.MayGiveCommands(token))
        {
            return Refuse(remote, PassiveRefusal.NotAuthentic, "DENIED TOKEN", "its token is for results, not for commands");
        }

        var commands = form.All("command");
        if (commands.Count == 0)
        {
            return NrdpAnswer.Error("NO COMMAND");
        }

        foreach (var command in commands)
        {
            var time = clock.GetUtcNow().ToUnixTimeSeconds();
            var line = string.Create(CultureInfo.InvariantCulture, $"[{time}] {command.Trim()}");
            if (line.Any(char.IsControl))
            {
                return Refuse(remote, PassiveRefusal.Malformed, "BAD COMMAND", "a command is one line");
            }

            var told = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
            await desk.GiveCommandAsync(Encoding.UTF8.GetBytes(line), failure => told.TrySetResult(failure), stopping)
                .ConfigureAwait(false);
            if (await told.Task.WaitAsync(stopping).ConfigureAwait(false) is { } failure)
            {
                return NrdpAnswer.Error("COMMAND FAILED", ConfigurationText.Readable(failure));
            }
        }

        return NrdpAnswer.Done(output: null);
    }

    private NrdpAnswer Refuse(string remote, PassiveRefusal reason, string message, string words)
    {
        counters.Refuse(reason);
        log.Refused(remote, $"nrdp: {message}: {words}");
        return NrdpAnswer.Error(message, reason == PassiveRefusal.NotAuthentic ? null : words);
    }
}
