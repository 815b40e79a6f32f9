using System.Collections.Immutable;
using System.Net;
using Compeer.Cluster.Model;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes;
using Compeer.Configuration.Nodes.Reading;
using Compeer.Daemon.Links;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.Nodes;

/// <summary>Reads merlin.conf and the public keys it names.</summary>
internal sealed class NodeFiles(string merlinFile, NodeId self)
{
    private const long MaxFileBytes = 16 << 20;

    public string MerlinFile => merlinFile;

    /// <summary>Reads everything. A missing merlin.conf is a node alone; a faulty one gives null and the findings. A key
    /// that cannot be read keeps only its own node away.</summary>
    public NodeSet? Read(out ImmutableArray<Diagnostic> findings)
    {
        if (!File.Exists(merlinFile))
        {
            findings = [];
            return NodeSet.Alone;
        }

        byte[] content;
        try
        {
            if (new FileInfo(merlinFile).Length > MaxFileBytes)
            {
                throw new IOException($"larger than {MaxFileBytes} bytes");
            }

            content = File.ReadAllBytes(merlinFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings = [new Diagnostic(DiagnosticSeverity.Error, new SourcePosition(merlinFile, 0), SystemError.Words(exception))];
            return null;
        }

        var result = MerlinConfigurationReader.Read(merlinFile, content);
        findings = result.Diagnostics;
        if (result.Configuration is { Nodes.Length: > 0 } configuration && AddressProblem(configuration.Daemon) is { } problem)
        {
            findings = [.. findings, problem];
            return null;
        }

        return result.Configuration is null ? null : new NodeSet(result.Configuration, WithKeys(result.Configuration));
    }

    /// <summary>Only an address of this machine can be listened at; a name could mean several, and another tomorrow.</summary>
    private Diagnostic? AddressProblem(DaemonDefinition daemon) => IPAddress.TryParse(daemon.Address, out _)
        ? null
        : new Diagnostic(
            DiagnosticSeverity.Error,
            new SourcePosition(merlinFile, daemon.AddressLine),
            $"daemon address \"{daemon.Address}\" is not an IP address; it is where this node listens for the others");

    /// <summary>Changes whenever one of the files does.</summary>
    public string Signature(NodeSet nodes)
    {
        var files = nodes.Nodes
            .Select(node => Resolve(NodeKeyFile.Of(node.Definition)))
            .Prepend(merlinFile);
        return string.Join('\n', files.Select(SignatureOf));
    }

    private ImmutableArray<KnownNode> WithKeys(MerlinConfiguration configuration)
    {
        var nodes = ImmutableArray.CreateBuilder<KnownNode>(configuration.Nodes.Length);
        var taken = new Dictionary<NodeId, string>();
        foreach (var definition in configuration.Nodes)
        {
            var pin = ReadKey(definition, out var problem);
            if (pin is not null && pin.Id == self)
            {
                problem = $"its publickey is this node's own key ({pin.Id})";
                pin = null;
            }
            else if (pin is not null && !taken.TryAdd(pin.Id, definition.Name))
            {
                problem = $"its publickey is that of {taken[pin.Id]} ({pin.Id})";
                pin = null;
            }

            nodes.Add(new KnownNode(definition, pin, problem)
            {
                DoesThisNodeNotify = configuration.Module.Notifies,
                OwnUuid = configuration.Uuid ?? "",
            });
        }

        return nodes.MoveToImmutable();
    }

    private PublicKeyPin? ReadKey(NodeDefinition definition, out string problem)
    {
        var file = Resolve(NodeKeyFile.Of(definition));
        if (definition.PublicKeyFile is null && !File.Exists(file))
        {
            problem = $"its key is not known; 'mon sshkey push {definition.Name}' brings it, or publickey = FILE in its block names a "
                + "file with what 'mon node key' prints there";
            return null;
        }

        return PublicKeyPin.Read(file, out problem);
    }

    private string Resolve(string file) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(merlinFile))!, file);

    private static string SignatureOf(string file)
    {
        var info = new FileInfo(file);
        return info.Exists ? $"{file} {info.Length} {info.LastWriteTimeUtc.Ticks}" : $"{file} absent";
    }
}
