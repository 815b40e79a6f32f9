using Compeer.Api;

namespace Compeer.Cli.Output;

/// <summary>How it stands with a synchronised file or folder, in one line.</summary>
internal sealed class SynchronisedPathWriter(Palette palette, DateTimeOffset now)
{
    /// <summary>For example "to /a/b: in step" or "from /a/b: not in step, last the same 5s ago: why".</summary>
    public string LineOf(SynchronisedPath path)
    {
        var there = path.PathThere.Length == 0 || path.PathThere == path.Path ? "" : $" (there {path.PathThere})";
        var since = path.LastSame is { } last ? $"last the same {DurationText.Format(now - last)} ago" : "never the same";
        var state = path.IsInStep ? palette.Good("in step")
            : path.WaitsForPush ? "goes by a push"
            : $"{palette.Bad("not in step")}, {since}";
        var text = path.Text.Length == 0 ? "" : $": {path.Text}";
        return $"{(path.IsSent ? "to  " : "from")} {path.Path}{there}: {state}{text}";
    }
}
