namespace Compeer.Cli.Commands;

/// <summary>What <c>mon oconf push --push=</c> names.</summary>
[Flags]
internal enum PushParts
{
    None = 0,

    /// <summary><c>oconf</c>: the object configuration.</summary>
    Configuration = 1,

    /// <summary><c>extras</c>: the paths of <c>sync</c> blocks.</summary>
    Extras = 2,

    All = Configuration | Extras,
}
