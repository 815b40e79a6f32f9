namespace Compeer.Configuration.Objects.Definitions;

/// <summary>What is shown with a host, service or group; shared by objects with equal settings. Null means not set.</summary>
public sealed record PresentationSettings
{
    /// <summary>Nothing set.</summary>
    public static PresentationSettings None { get; } = new();

    /// <summary>The <c>notes</c>.</summary>
    public string? Notes { get; init; }

    /// <summary>The <c>notes_url</c>.</summary>
    public string? NotesUrl { get; init; }

    /// <summary>The <c>action_url</c>.</summary>
    public string? ActionUrl { get; init; }

    /// <summary>The <c>icon_image</c>.</summary>
    public string? IconImage { get; init; }

    /// <summary>The <c>icon_image_alt</c>.</summary>
    public string? IconImageAlt { get; init; }

    /// <summary>The <c>vrml_image</c> (hosts).</summary>
    public string? VrmlImage { get; init; }

    /// <summary>The <c>statusmap_image</c> (hosts).</summary>
    public string? StatusMapImage { get; init; }

    /// <summary>The <c>2d_coords</c> (hosts).</summary>
    public (int X, int Y)? Coordinates2D { get; init; }

    /// <summary>The <c>3d_coords</c> (hosts).</summary>
    public (double X, double Y, double Z)? Coordinates3D { get; init; }
}
