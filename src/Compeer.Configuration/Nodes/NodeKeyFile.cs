using System.Globalization;
using System.Text;

namespace Compeer.Configuration.Nodes;

/// <summary>Where a node's public key is kept: the file that <c>publickey</c> names, or one called after the node.</summary>
public static class NodeKeyFile
{
    /// <summary>The folder of keys that nobody named a file for, below the folder of merlin.conf.</summary>
    public const string Folder = "keys";

    /// <summary>What the file of a key ends with.</summary>
    public const string Extension = ".pem";

    /// <summary>The file with the node's key; a relative path counts from the folder of merlin.conf.</summary>
    public static string Of(NodeDefinition node) => node.PublicKeyFile ?? Of(node.Name);

    /// <summary>The file for a node of this name whose block names none. Letters that could lead out of the folder, or hide
    /// the file, are written as <c>%</c> and two hexadecimal digits for each of their bytes.</summary>
    public static string Of(string name)
    {
        var file = new StringBuilder(Folder).Append('/');
        foreach (var octet in Encoding.UTF8.GetBytes(name))
        {
            var c = (char)octet;
            var isPlain = char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || (c == '.' && file.Length > Folder.Length + 1);
            file.Append(isPlain ? c.ToString() : "%" + octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return file.Append(Extension).ToString();
    }
}
