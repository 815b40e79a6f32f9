using System.Collections.Immutable;
using System.Text;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes.Reading;
using Compeer.Configuration.Nodes.Syntax;

namespace Compeer.Configuration.Nodes.Editing;

/// <summary>
/// Changes merlin.conf as an operator would: only the lines of the node in question are touched, all other bytes,
/// comments and their order stay. A file with errors is not changed.
/// </summary>
public static class MerlinConfigurationEditor
{
    /// <summary>Beginning of the keys that go into the <c>object_config</c> block, as in <c>mon node show</c>.</summary>
    public const string ObjectConfigPrefix = "oconf_";

    /// <summary>Key of a path for the <c>sync</c> block; it may be given several times.</summary>
    public const string SyncKey = "sync";

    /// <summary>Adds a node at the end of the file.</summary>
    /// <param name="path">The file's name, for diagnostics.</param>
    /// <param name="content">The file as it is; empty when there is none.</param>
    /// <param name="kind">What the node is.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="settings">Its keys and values, those for <c>object_config</c> with <see cref="ObjectConfigPrefix"/>, paths
    /// of its <c>sync</c> block under <see cref="SyncKey"/>. The address is the name when none is given, the port 15551.</param>
    public static MerlinEdit AddNode(
        string path,
        ReadOnlyMemory<byte> content,
        NodeKind kind,
        string name,
        IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var before = MerlinConfigurationReader.Read(path, content);
        if (before.Configuration is null)
        {
            return new MerlinEdit(Content: null, before.Diagnostics);
        }

        if (before.Configuration.FindNode(name) is { } existing)
        {
            return Refuse(path, $"{name} is already configured, on line {existing.SourceLine}");
        }

        if (NodeName.FindFault(name) is { } nameFault)
        {
            return Refuse(path, nameFault);
        }

        var faults = NodeBlockWriter.FindFaults(settings);
        if (!faults.IsEmpty)
        {
            return new MerlinEdit(Content: null, [.. faults.Select(fault => Error(path, fault))]);
        }

        // The new block is read alone first, so that what is wrong in it is not given a line of a file that is not written.
        var block = Encoding.UTF8.GetBytes(NodeBlockWriter.Write(kind, name, settings, NewLineOf(content.Span)));
        var alone = MerlinConfigurationReader.Read(path, block);
        if (alone.Configuration is null)
        {
            return new MerlinEdit(Content: null, [.. Errors(alone).Select(d => d with { Position = new SourcePosition(path, 0) })]);
        }

        var separator = content.IsEmpty || content.Span[^1] == '\n' ? [] : Encoding.ASCII.GetBytes(NewLineOf(content.Span));
        byte[] changed = [.. content.Span, .. separator, .. block];
        var after = MerlinConfigurationReader.Read(path, changed);
        return after.Configuration is null
            ? new MerlinEdit(Content: null, [.. Errors(after)])
            : new MerlinEdit(changed, [.. after.Diagnostics.Where(d => !before.Diagnostics.Any(b => b.Message == d.Message))]);
    }

    /// <summary>Changes what a node's block says of some keys; all else in it, comments too, stays as it is.</summary>
    /// <param name="path">The file's name, for diagnostics.</param>
    /// <param name="content">The file as it is.</param>
    /// <param name="name">The node; one that is not there is an error.</param>
    /// <param name="settings">Keys of the block itself with their values. Of several statements of a key one is left; another spelling
    /// of it (<c>host</c>, <c>hostgroups</c>) is the same key.</param>
    public static MerlinEdit ChangeNode(
        string path, ReadOnlyMemory<byte> content, string name, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var before = MerlinConfigurationReader.Read(path, content);
        if (Find(path, content, before, name) is not { Block: { } block, Text: { } text })
        {
            return new MerlinEdit(Content: null, before.Configuration is null ? before.Diagnostics : [NotConfigured(path, before, name)]);
        }

        string[] faults =
        [
            .. NodeBlockWriter.FindFaults(settings),
            .. settings.Where(setting => !NodeBlockWriter.IsOwn(setting.Key))
                .Select(setting => $"{setting.Key} is no key of the block itself"),
        ];
        if (faults.Length > 0)
        {
            return new MerlinEdit(Content: null, [.. faults.Select(fault => Error(path, fault))]);
        }

        // From the end, so that places before an edit stay where they are.
        List<(int Start, int End, string Text)> edits = [];
        foreach (var (key, value) in settings)
        {
            var line = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(NodeBlockWriter.Statement(key, value)));
            var old = block.Statements.Where(statement => NodeBlockWriter.IsSameKey(statement.Key, key)).ToList();
            var inside = text.IndexOf('{', block.Start) + 1;
            edits.AddRange(old.Select((statement, index) => (statement.Start, statement.End, index == old.Count - 1 ? line : "")));
            if (old.Count == 0)
            {
                edits.Add((inside, inside, $"{(EndsLine(text, inside) ? NewLineOf(content.Span) + "\t" : " ")}{line};"));
            }
        }

        foreach (var (start, end, replacement) in edits.OrderByDescending(edit => edit.Start))
        {
            text = string.Concat(text.AsSpan(0, start), replacement, text.AsSpan(end));
        }

        var changed = Encoding.Latin1.GetBytes(text);
        var after = MerlinConfigurationReader.Read(path, changed);
        return after.Configuration is null
            ? new MerlinEdit(Content: null, [.. Errors(after)])
            : new MerlinEdit(changed, []);
    }

    /// <summary>Takes a node's block away, with all its lines.</summary>
    /// <param name="path">The file's name, for diagnostics.</param>
    /// <param name="content">The file as it is.</param>
    /// <param name="name">The node; one that is not there is an error.</param>
    public static MerlinEdit RemoveNode(string path, ReadOnlyMemory<byte> content, string name)
    {
        var before = MerlinConfigurationReader.Read(path, content);
        if (Find(path, content, before, name) is not { Block: { } block, Text: { } text })
        {
            return new MerlinEdit(Content: null, before.Configuration is null ? before.Diagnostics : [NotConfigured(path, before, name)]);
        }

        (var start, var end) = WholeLines(text, block.Start, block.End);
        byte[] changed = [.. content.Span[..start], .. content.Span[end..]];
        return new MerlinEdit(changed, []);
    }

    /// <summary>The block of a node, and the text whose offsets it has; null when there is none.</summary>
    private static (MerlinBlock Block, string Text)? Find(
        string path, ReadOnlyMemory<byte> content, MerlinConfigurationResult result, string name)
    {
        if (result.Configuration?.FindNode(name) is not { } node)
        {
            return null;
        }

        var text = MerlinText.FromBytes(content.Span);
        var root = MerlinSyntaxParser.Parse(text, new MerlinFindings(path));
        var block = root.Blocks.First(
            b => b.Line == node.SourceLine
                && NodeKinds.Find(b.Type) == node.Kind
                && (b.Name == name || b.Name.Length == 0));
        return (block, text);
    }

    private static Diagnostic NotConfigured(string path, MerlinConfigurationResult result, string name) =>
        Error(path, $"{name} is not a configured node{SimilarName.Hint(name, result.Configuration!.Nodes.Select(n => n.Name))}");

    /// <summary>Whether nothing but blanks and a comment follows on the line: a block may stand on one.</summary>
    private static bool EndsLine(string text, int place)
    {
        var newline = text.IndexOf('\n', place);
        var rest = text.AsSpan(place, (newline < 0 ? text.Length : newline) - place).Trim(" \t\r");
        return rest.IsEmpty || rest[0] == '#';
    }

    /// <summary>The span widened to its lines, unless something else than blanks and a comment shares them.</summary>
    private static (int Start, int End) WholeLines(string text, int start, int end)
    {
        var lineStart = start == 0 ? 0 : text.LastIndexOf('\n', start - 1) + 1;
        var newline = text.IndexOf('\n', end);
        var lineEnd = newline < 0 ? text.Length : newline;
        var after = text.AsSpan(end, lineEnd - end).Trim(" \t\r;");
        var alone = text.AsSpan(lineStart, start - lineStart).Trim(" \t").IsEmpty && (after.IsEmpty || after[0] == '#');
        return alone ? (lineStart, newline < 0 ? text.Length : newline + 1) : (start, end);
    }

    private static string NewLineOf(ReadOnlySpan<byte> content)
    {
        var newline = content.IndexOf((byte)'\n');
        return newline > 0 && content[newline - 1] == '\r' ? "\r\n" : "\n";
    }

    private static IEnumerable<Diagnostic> Errors(MerlinConfigurationResult result) =>
        result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error);

    private static MerlinEdit Refuse(string path, string message) => new(Content: null, [Error(path, message)]);

    private static Diagnostic Error(string path, string message) =>
        new(DiagnosticSeverity.Error, new SourcePosition(path, 0), message);
}
