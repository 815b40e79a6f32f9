using System.Collections.Immutable;
using Compeer.Configuration.Nodes.Syntax;

namespace Compeer.Configuration.Nodes.Reading;

/// <summary>Reads blocks whose keys are kept as written.</summary>
internal static class ObjectConfigBlockReader
{
    /// <summary>An <c>object_config</c> block; keys that only scripts know are allowed, as in Merlin.</summary>
    public static ObjectConfigDefinition Read(MerlinBlock block, MerlinValues values, MerlinFindings findings)
    {
        foreach (var statement in block.Statements)
        {
            if (string.Equals(statement.Key, "ssh_port", StringComparison.OrdinalIgnoreCase))
            {
                values.Port(statement);
            }
        }

        return new ObjectConfigDefinition(Keep(block, findings));
    }

    /// <summary>All statements as they are; a key without a value is an error, blocks inside are too.</summary>
    public static ImmutableArray<MerlinSetting> Keep(MerlinBlock block, MerlinFindings findings)
    {
        RefuseBlocks(block, findings);
        var settings = ImmutableArray.CreateBuilder<MerlinSetting>(block.Statements.Count);
        foreach (var statement in block.Statements)
        {
            if (statement.Value is null)
            {
                findings.Error(statement.Line, $"{statement.Key} needs a value: \"{statement.Key} = VALUE\"");
            }
            else
            {
                settings.Add(new MerlinSetting(statement.Key, statement.Value, statement.Line));
            }
        }

        return settings.DrainToImmutable();
    }

    /// <summary>Reports blocks where none may be.</summary>
    public static void RefuseBlocks(MerlinBlock block, MerlinFindings findings)
    {
        foreach (var inner in block.Blocks)
        {
            findings.Error(inner.Line, $"there may be no block inside \"{block.Type}\", but \"{inner.Type}\" begins here");
        }
    }
}
