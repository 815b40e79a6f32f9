using Compeer.Livestatus.Tables;

namespace Compeer.Livestatus.Planning;

/// <summary>Reads the headers about waiting.</summary>
internal sealed class WaitReader
{
    private const string Triggers = "all, check, state, log, downtime, comment, command, program";

    private string? _objectName;
    private WaitTrigger? _trigger;

    /// <summary>The conditions.</summary>
    public FilterStack Conditions { get; } = new();

    /// <summary>For how long at most; zero without end.</summary>
    public TimeSpan Timeout { get; set; }

    /// <summary>Reads <c>WaitObject</c>; what is wrong, or null.</summary>
    public string? TakeObject(string text, Table? table)
    {
        _objectName = text;
        return table is null || table.Find is not null ? null : $"WaitObject: table '{table.Name}' has nothing that can be waited for";
    }

    /// <summary>Reads <c>WaitTrigger</c>; what is wrong, or null.</summary>
    public string? TakeTrigger(string text)
    {
        _trigger = text switch
        {
            "all" => WaitTrigger.All,
            "check" => WaitTrigger.Check,
            "state" => WaitTrigger.State,
            "log" => WaitTrigger.Log,
            "downtime" => WaitTrigger.Downtime,
            "comment" => WaitTrigger.Comment,
            "command" => WaitTrigger.Command,
            "program" => WaitTrigger.Program,
            _ => null,
        };
        return _trigger is null ? $"WaitTrigger: invalid trigger '{text}'; allowed are {Triggers}" : null;
    }

    /// <summary>What to wait for; null for nothing.</summary>
    public WaitPlan? ToPlan(Table table)
    {
        if (Conditions.Count == 0 && _trigger is null)
        {
            return null;
        }

        return new WaitPlan(
            Conditions.Count == 0 ? null : Conditions.ToFilter(),
            _objectName ?? (table.Name == "status" ? "" : null),
            _trigger ?? WaitTrigger.All,
            Timeout);
    }
}
