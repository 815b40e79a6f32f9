using Compeer.Engine.TimePeriods;

namespace Compeer.Tests.Engine;

/// <summary>Zones of this machine, by the names of their files.</summary>
internal static class Zones
{
    public const string Folder = "/usr/share/zoneinfo";

    public static ZoneRules Find(string name) =>
        ZoneRules.FromFile(File.ReadAllBytes(Path.Combine(Folder, name))) ?? throw new ArgumentException($"no zone {name}", nameof(name));
}
