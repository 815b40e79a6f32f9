using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Building;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Expansion;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Text;

namespace Compeer.Configuration;

/// <summary>
/// Compiles object files into resolved, immutable definitions. Pure: the caller reads the files that the main
/// configuration names (<see cref="MainConfigurationReader"/>) and hands over names and bytes.
/// </summary>
public static class ObjectConfigurationCompiler
{
    /// <summary>Compiles all files. Every finding of all files comes back in one run.</summary>
    /// <param name="main">The main configuration.</param>
    /// <param name="files">The object files in the order in which they are read.</param>
    /// <param name="resourceFiles">The resource files, with the values of <c>$USERn$</c>.</param>
    public static CompilationResult Compile(
        MainConfiguration main, IReadOnlyList<SourceFile> files, IReadOnlyList<SourceFile> resourceFiles) =>
        Compile(main, files, resourceFiles, Workers.One);

    /// <summary>Compiles all files with the help of several workers; they change how long it takes, not what comes out.</summary>
    /// <param name="main">The main configuration.</param>
    /// <param name="files">The object files in the order in which they are read.</param>
    /// <param name="resourceFiles">The resource files, with the values of <c>$USERn$</c>.</param>
    /// <param name="workers">Who does what can be done at the same time.</param>
    public static CompilationResult Compile(
        MainConfiguration main,
        IReadOnlyList<SourceFile> files,
        IReadOnlyList<SourceFile> resourceFiles,
        Workers workers) =>
        Compile(main, files, resourceFiles, workers, FileShares.SmallestShare);

    /// <inheritdoc cref="Compile(MainConfiguration, IReadOnlyList{SourceFile}, IReadOnlyList{SourceFile}, Workers)"/>
    internal static CompilationResult Compile(
        MainConfiguration main,
        IReadOnlyList<SourceFile> files,
        IReadOnlyList<SourceFile> resourceFiles,
        Workers workers,
        int smallestShare)
    {
        var diagnostics = new DiagnosticCollector();
        var resources = ResourceFileReader.Read(resourceFiles, diagnostics);
        SourceFile[] texts = [.. files.Select(file => ByteCheck.TextOf(file, diagnostics)).OfType<SourceFile>()];
        var raw = Parse(texts, diagnostics, workers, smallestShare);
        var configuration = Build(new CompilationContext(main, raw, diagnostics), resources);
        var findings =
            diagnostics.ToImmutable([.. resourceFiles.Select(f => f.Path), .. files.Select(f => f.Path)]);
        return new CompilationResult(
            diagnostics.HasErrors ? null : configuration, findings, diagnostics.ErrorCount, diagnostics.WarningCount);
    }

    private static RawConfiguration Parse(
        IReadOnlyList<SourceFile> files, DiagnosticCollector diagnostics, Workers workers, int smallestShare)
    {
        var paths = files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        var shares = FileShares.Divide(files, workers.Count, smallestShare);
        var parsed = new (RawConfiguration Raw, DiagnosticCollector Diagnostics)[shares.Count];
        workers.Run(shares.Count, i =>
        {
            parsed[i] = (new RawConfiguration(), new DiagnosticCollector());
            var parser = new ObjectFileParser(parsed[i].Raw, parsed[i].Diagnostics, paths);
            shares[i].ForEach(parser.Parse);
        });

        var raw = parsed[0].Raw;
        diagnostics.Append(parsed[0].Diagnostics);
        foreach ((var next, var findings) in parsed.Skip(1))
        {
            raw.Append(next);
            diagnostics.Append(findings);
        }

        return raw;
    }

    private static ObjectConfiguration Build(CompilationContext context, ImmutableDictionary<string, string> resources)
    {
        var periods = new TimePeriodBuilder(context);
        var commands = new CommandBuilder(context);
        commands.CheckMain();
        var contacts = new ContactBuilder(context, commands, periods);
        var hosts = new HostBuilder(context, commands, periods, contacts);
        var information = new ExtendedInfoBuilder(context);
        information.ReadHosts(hosts.Lists);
        var hostDefinitions = hosts.Build(information.CompleteHost);
        var services = new ServiceBuilder(context, commands, periods, contacts, hosts);
        information.ReadServices(services);
        var serviceDefinitions = services.Build(hostDefinitions, information);
        var dependencies = new DependencyBuilder(context, periods, hosts, services);
        var escalations = new EscalationBuilder(context, periods, contacts, hosts, services);
        context.Resolver.CheckAll();
        return new ObjectConfiguration
        {
            Hosts = ImmutableArray.Create(hostDefinitions),
            Services = ImmutableArray.Create(serviceDefinitions),
            Commands = commands.Definitions,
            Contacts = contacts.Contacts,
            ContactGroups = contacts.Groups,
            HostGroups = hosts.BuildGroups(hostDefinitions),
            ServiceGroups = services.BuildGroups(serviceDefinitions),
            TimePeriods = periods.Definitions,
            HostDependencies = dependencies.BuildHosts(hostDefinitions),
            ServiceDependencies = dependencies.BuildServices(serviceDefinitions),
            HostEscalations = escalations.BuildHosts(hostDefinitions),
            ServiceEscalations = escalations.BuildServices(serviceDefinitions),
            Resources = resources,
        };
    }
}
