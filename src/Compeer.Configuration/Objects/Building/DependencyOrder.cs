namespace Compeer.Configuration.Objects.Building;

/// <summary>An order in which everything comes after what it refers to.</summary>
/// <param name="Sorted">All; what is in a circle or refers into one stands last, as it cannot be ordered.</param>
/// <param name="Cycle">One circle, its first element repeated at the end; empty when there is none.</param>
internal sealed record DependencyOrder(int[] Sorted, int[] Cycle)
{
    public static DependencyOrder Of(int count, Func<int, int[]> references)
    {
        var waitsFor = new int[count];
        var users = new List<int>?[count];
        for (var i = 0; i < count; i++)
        {
            foreach (var reference in references(i))
            {
                waitsFor[i]++;
                (users[reference] ??= []).Add(i);
            }
        }

        var sorted = new List<int>(count);
        sorted.AddRange(Enumerable.Range(0, count).Where(i => waitsFor[i] == 0));
        for (var next = 0; next < sorted.Count; next++)
        {
            foreach (var user in users[sorted[next]] ?? [])
            {
                if (--waitsFor[user] == 0)
                {
                    sorted.Add(user);
                }
            }
        }

        var cycle = sorted.Count == count ? [] : FindCycle(waitsFor, references);
        sorted.AddRange(Enumerable.Range(0, count).Where(i => waitsFor[i] > 0));
        return new DependencyOrder([.. sorted], cycle);
    }

    /// <summary>Follows references among what is left, where each has one that is left too, until one comes up again.</summary>
    private static int[] FindCycle(int[] waitsFor, Func<int, int[]> references)
    {
        var path = new List<int>();
        var place = new Dictionary<int, int>();
        var at = Array.FindIndex(waitsFor, w => w > 0);
        while (place.TryAdd(at, path.Count))
        {
            path.Add(at);
            at = references(at).First(r => waitsFor[r] > 0);
        }

        return [.. path[place[at]..], at];
    }
}
