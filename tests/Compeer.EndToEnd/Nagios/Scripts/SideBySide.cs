namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>What two programs wrote, put side by side: the longest common sequence, and what only one of them has.</summary>
internal static class SideBySide
{
    /// <summary>The lines, each with its mark of <see cref="ComparedScript.Marks"/>.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<string> nagios, IReadOnlyList<string> mond)
    {
        var common = new int[nagios.Count + 1, mond.Count + 1];
        for (var i = nagios.Count - 1; i >= 0; i--)
        {
            for (var j = mond.Count - 1; j >= 0; j--)
            {
                common[i, j] = nagios[i] == mond[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        (var one, var other) = (0, 0);
        while (one < nagios.Count || other < mond.Count)
        {
            if (one < nagios.Count && other < mond.Count && nagios[one] == mond[other])
            {
                other++;
                yield return ComparedScript.Marks[0] + nagios[one++];
            }
            else if (one < nagios.Count && (other == mond.Count || common[one + 1, other] >= common[one, other + 1]))
            {
                yield return ComparedScript.Marks[1] + nagios[one++];
            }
            else
            {
                yield return ComparedScript.Marks[2] + mond[other++];
            }
        }
    }
}
