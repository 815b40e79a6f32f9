using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;
using Compeer.Engine.States;

namespace Compeer.Engine.Commands;

/// <summary>Takes results that files and other programs brought (Naemon <c>process_check_result</c>): finds their objects, reads what the
/// check came to, and gives it to the owner.</summary>
internal sealed class SpooledResults(EngineState engine, CommandHandler commands)
{
    /// <summary>Takes one. What names no object, or says nothing that its object can be, is told of.</summary>
    /// <returns>Why it is not taken; null when it is or is on its way.</returns>
    public string? Take(EngineTime now, SpooledResult spooled, Transition transition)
    {
        var site = engine.Site;
        if (EngineConfiguration.Find(site.Objects, spooled.Host, spooled.Service) is not { } id)
        {
            var error = spooled.Service is { } service
                ? $"Error: Got check result for service '{service}' on host '{spooled.Host}'. Unable to find service"
                : $"Error: Got host checkresult for '{spooled.Host}', but no such host can be found";
            engine.Emit(MonitoringEvent.Said(now, error), transition);
            return spooled.Service is null ? "there is no such host" : "there is no such service";
        }

        if (spooled.IsPassive && !site.Effective(id).TakesPassiveResults)
        {
            return CommandHandler.NoPassiveResults;
        }

        var isHost = spooled.Service is null;
        var result = spooled.Result;
        if (isHost && spooled.IsPassive && result.ReturnCode is < HostState.Up or > HostState.Unreachable)
        {
            var words = $"Warning: A result from outside says {result.ReturnCode} of host '{spooled.Host}', which is no state of a host";
            engine.Emit(MonitoringEvent.Said(now, words), transition);
            return $"{result.ReturnCode} is no state of a host";
        }

        var reading = isHost
            ? ResultReader.Host(result, string.Empty)
            : ResultReader.Service(result, string.Empty, site.Main.ServiceCheckTimeoutState);
        if (reading.Warning != ReadingWarning.None)
        {
            var kind = reading.Warning == ReadingWarning.DidNotExitProperly ? EventKind.ImproperExit : EventKind.ReturnCodeOutOfBounds;
            engine.Emit(MonitoringEvent.Remark(kind, now, id, reading.ReturnCode), transition);
        }

        var order = new ObjectRequest.Result(reading.State, TextOf(reading), result.StartedAt)
        {
            IsActive = !spooled.IsPassive,
            Execution = result.Duration > TimeSpan.Zero ? result.Duration : TimeSpan.Zero,
        };
        commands.Order(now, id, order, transition);
        return null;
    }

    private static byte[] TextOf(in CheckReading reading)
    {
        var performance = reading.PerformanceData.Span;
        var further = reading.LongOutput.Span;
        return
        [
            .. reading.Output.Span,
            .. performance.IsEmpty ? [] : "|"u8, .. performance,
            .. further.IsEmpty ? [] : "\n"u8, .. further,
        ];
    }
}
