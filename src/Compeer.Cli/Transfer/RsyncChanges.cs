using System.Collections.Immutable;

namespace Compeer.Cli.Transfer;

/// <summary>
/// What rsync says that it changes, from its lines <c>%i %n</c>: <c>*deleting</c> or <c>YXcstpoguax</c>, whose first letter is what
/// happens (<c>&lt;</c> sent, <c>&gt;</c> received, <c>c</c> made, <c>h</c> linked, <c>.</c> attributes only), whose second is what
/// it is, and in which <c>+</c> stands for something new.
/// </summary>
internal sealed record RsyncChanges(ImmutableArray<(string Verb, string Name)> All)
{
    private const string Deleting = "*deleting";

    /// <summary>Reads them.</summary>
    public static RsyncChanges Read(IEnumerable<string> lines) => new([.. lines.Select(Of).OfType<(string, string)>()]);

    /// <summary>In a few words: how many of which.</summary>
    public override string ToString() => All.IsEmpty
        ? "the same already"
        : string.Join(", ", All.GroupBy(change => change.Verb).Select(group => $"{group.Count()} {PastOf(group.Key)}"));

    private static (string Verb, string Name)? Of(string line)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0)
        {
            return null;
        }

        (var item, var name) = (line[..blank], line[(blank + 1)..].TrimStart());
        return item == Deleting ? ("delete", name)
            : item.Length < 3 || item[0] is not ('<' or '>' or 'c' or 'h' or '.') ? null
            : item[2] == '+' ? ("add", name)

            // Of a folder the time alone changes with what is in it.
            : item[1] == 'd' && item[2..].All(letter => letter is '.' or 't') ? null
            : ("change", name);
    }

    private static string PastOf(string verb) => verb switch
    {
        "add" => "added",
        "delete" => "deleted",
        _ => "changed",
    };
}
