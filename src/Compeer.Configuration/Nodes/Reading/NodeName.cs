namespace Compeer.Configuration.Nodes.Reading;

/// <summary>What a node may be called: names become file names, shell words and arguments of ssh.</summary>
internal static class NodeName
{
    private const int MaximumLength = 253;

    /// <summary>Why a name is not allowed; null when it is.</summary>
    public static string? FindFault(string name)
    {
        if (name.Length == 0)
        {
            return "a node needs a name";
        }

        if (name.Length > MaximumLength)
        {
            return $"the node name has {name.Length} characters; at most {MaximumLength} are allowed";
        }

        if (name[0] is '-' or '.')
        {
            return $"the node name \"{name}\" may not begin with \"{name[0]}\"";
        }

        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('.' or '-' or '_' or ':'))
            {
                return $"the node name \"{name}\" may not have \"{c}\"; allowed are letters, digits and . - _ :";
            }
        }

        return null;
    }
}
