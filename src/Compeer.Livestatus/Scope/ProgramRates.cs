namespace Compeer.Livestatus.Scope;

/// <summary>What is counted, as a number a second, averaged over the last seconds.</summary>
/// <param name="Requests">Requests of clients.</param>
/// <param name="Connections">Connections of clients.</param>
/// <param name="HostChecks">Results of host checks.</param>
/// <param name="ServiceChecks">Results of service checks.</param>
/// <param name="Forks">Processes that were started.</param>
/// <param name="LogMessages">Lines of the monitoring log.</param>
public readonly record struct ProgramRates(
    double Requests, double Connections, double HostChecks, double ServiceChecks, double Forks, double LogMessages);
