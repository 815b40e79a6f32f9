namespace Compeer.Configuration.Main;

/// <summary>How dates are written in macros (<c>date_format</c>).</summary>
public enum DateFormat
{
    /// <summary>12-31-2026 (<c>us</c>), Naemon's default.</summary>
    Us,

    /// <summary>31-12-2026 (<c>euro</c>).</summary>
    Euro,

    /// <summary>2026-12-31 (<c>iso8601</c>).</summary>
    Iso8601,

    /// <summary>The same, with the time behind a T (<c>strict-iso8601</c>).</summary>
    StrictIso8601,
}
