using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Livestatus.Tables;

/// <summary>For how long a host or service was as it was.</summary>
/// <param name="Subject">Which.</param>
/// <param name="Condition">How it was.</param>
/// <param name="From">Seconds since 1970 at which it began.</param>
/// <param name="Until">At which it ended, or what is asked for does.</param>
/// <param name="Line">The number of the last line about it in its file.</param>
/// <param name="Window">How many seconds are asked for.</param>
internal sealed record StateSpan(CheckableDefinition Subject, Condition Condition, long From, long Until, long Line, long Window)
{
    /// <summary>The host.</summary>
    public HostDefinition Host => Subject as HostDefinition ?? ((ServiceDefinition)Subject).Host;

    /// <summary>The service; null for a host.</summary>
    public ServiceDefinition? Service => Subject as ServiceDefinition;

    /// <summary>Seconds.</summary>
    public long Duration => Until - From;

    /// <summary>What part it is of all that is asked for.</summary>
    public double Part => (double)Duration / Window;

    /// <summary>Seconds in a state.</summary>
    public long DurationIn(int state) => Condition.State == state ? Duration : 0;

    /// <summary>What part of all that is asked for is in a state.</summary>
    public double PartIn(int state) => Condition.State == state ? Part : 0;
}
