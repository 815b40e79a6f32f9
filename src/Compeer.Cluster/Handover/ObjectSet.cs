using Compeer.Cluster.Division;

namespace Compeer.Cluster.Handover;

/// <summary>Objects that one group divides: those of this node's group, or of a group of pollers.</summary>
/// <param name="Objects">Their numbers, ascending.</param>
/// <param name="Divisions">How they are divided.</param>
internal sealed record ObjectSet(int[] Objects, DivisionCache Divisions)
{
    public static ObjectSet Of(DivisionUnits units, int[] objects) =>
        new(objects, new DivisionCache(objects.Length == units.Count ? units : units.Part(objects)));
}
