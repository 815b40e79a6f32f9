namespace Compeer.Tests.Repository;

/// <summary>A place where a rule of the repository is broken, and what to do about it.</summary>
internal sealed record Finding(string Path, int Line, string Problem)
{
    public override string ToString() => $"{Path}:{Line}: {Problem}";
}
