namespace Compeer.Configuration.Main;

/// <summary>What becomes of the performance data of hosts, or of services. The commands are among
/// <see cref="MainConfiguration.Commands"/>.</summary>
public sealed record PerformanceFileVariables
{
    /// <summary>What is written for each result (<c>host_perfdata_file_template</c>), macros and <c>\t</c>, <c>\n</c>, <c>\r</c> in
    /// it.</summary>
    public required string LineTemplate { get; init; }

    /// <summary>How the file is opened (<c>host_perfdata_file_mode</c>): <c>a</c> appends, <c>w</c> begins anew, <c>p</c> is a pipe that
    /// never waits.</summary>
    public char WriteMode { get; init; } = 'a';

    /// <summary>How often the processing command is run (<c>host_perfdata_file_processing_interval</c>); zero for never.</summary>
    public TimeSpan ProcessingInterval { get; init; }

    /// <summary>Whether results without performance data count (<c>host_perfdata_process_empty_results</c>), default true.</summary>
    public bool TakesEmptyResults { get; init; } = true;
}
