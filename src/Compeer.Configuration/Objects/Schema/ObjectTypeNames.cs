using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.Schema;

/// <summary>The words that stand for object types in configuration files.</summary>
internal static class ObjectTypeNames
{
    public const int Count = 14;

    private static readonly string[] Names =
    [
        "timeperiod", "command", "contact", "contactgroup", "host", "hostgroup", "service", "servicegroup",
        "hostdependency", "servicedependency", "hostescalation", "serviceescalation", "hostextinfo", "serviceextinfo",
    ];

    public static IReadOnlyList<string> All => Names;

    public static string NameOf(ObjectType type) => Names[(int)type];

    public static bool TryParse(ReadOnlySpan<byte> word, out ObjectType type)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (word.Length == Names[i].Length && System.Text.Ascii.Equals(word, Names[i]))
            {
                type = (ObjectType)i;
                return true;
            }
        }

        type = default;
        return false;
    }
}
