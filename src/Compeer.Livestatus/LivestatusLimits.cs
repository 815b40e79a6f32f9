using Compeer.Livestatus.Scope;

namespace Compeer.Livestatus;

/// <summary>What holds for every query.</summary>
public sealed record LivestatusLimits
{
    /// <summary>How many bytes an answer may have; what is kept for sorting and grouping counts as well, each up to this.</summary>
    public long MaxResponseBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How long a query may take.</summary>
    public TimeSpan LongestQuery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whom services are shown to (Naemon's default: also contacts of the host).</summary>
    public AuthorizationMode Services { get; init; } = AuthorizationMode.Loose;

    /// <summary>Whom groups are shown to (Naemon's default: contacts of all members).</summary>
    public AuthorizationMode Groups { get; init; } = AuthorizationMode.Strict;

    /// <summary>Custom variables whose names begin so are shown to nobody (<c>hidden_custom_var_prefix</c>); empty for none.</summary>
    public string HiddenVariables { get; init; } = "";

    /// <summary>Whether every byte of a text is a character of Latin-1 (<c>data_encoding=latin1</c>); else only those that are no
    /// UTF-8. CSV is written as the bytes are in any case.</summary>
    public bool IsLatin1 { get; init; }
}
