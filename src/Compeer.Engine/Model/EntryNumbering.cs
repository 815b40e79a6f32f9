namespace Compeer.Engine.Model;

/// <summary>How this node numbers comments, downtimes and acknowledgements: nodes that know of each other never use one number.</summary>
/// <param name="Writer">The run of this node.</param>
/// <param name="Place">Its place among the nodes that number, from 0.</param>
/// <param name="Places">How many places there are; numbers of a place are those that leave it when divided by this.</param>
public readonly record struct EntryNumbering(EntryWriter Writer, int Place, int Places)
{
    /// <summary>A node without others: 1, 2, 3 and so on.</summary>
    public static readonly EntryNumbering Alone = new(default, 0, 1);

    /// <summary>The first number of this node above another one.</summary>
    public ulong Above(ulong number)
    {
        var next = number + 1;
        var rest = next % (ulong)Places;
        return next + (((ulong)Place + (ulong)Places - rest) % (ulong)Places);
    }
}
