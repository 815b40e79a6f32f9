namespace Compeer.Configuration.Main;

/// <summary>Where files with results of checks are taken from.</summary>
public sealed record CheckResultVariables
{
    /// <summary>The folder (<c>check_result_path</c>); null when not set: none is read then.</summary>
    public string? SpoolFolder { get; init; }

    /// <summary>The age from which a file is removed unread (<c>max_check_result_file_age</c>), default an hour.</summary>
    public TimeSpan LongestFileAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often the folder is looked at (<c>check_result_reaper_frequency</c>), default 10 s.</summary>
    public TimeSpan SpoolInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one look may take (<c>max_check_result_reaper_time</c>), default 30 s.</summary>
    public TimeSpan LongestLook { get; init; } = TimeSpan.FromSeconds(30);
}
