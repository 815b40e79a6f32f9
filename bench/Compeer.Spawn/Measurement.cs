namespace Compeer.Spawn;

/// <summary>What one run of the benchmark gave.</summary>
/// <param name="PerSecond">Checks per second.</param>
/// <param name="Own">CPU of this process per check, microseconds.</param>
/// <param name="Children">CPU of the plugins per check, microseconds.</param>
/// <param name="Allocated">Managed bytes allocated per check.</param>
/// <param name="Failed">Checks that did not exit with 0 and output.</param>
internal readonly record struct Measurement(double PerSecond, double Own, double Children, double Allocated, int Failed)
{
    internal double Total => Own + Children;
}
