using System.Collections.Immutable;
using Compeer.Objects.Compilation;
using Compeer.Objects.Definitions;
using Compeer.Objects.Diagnostics;
using Compeer.Objects.Syntax;
using Compeer.Objects.Validation;

namespace Compeer.Objects;

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
        MainConfiguration main, IReadOnlyList<SourceFile> files, IReadOnlyList<SourceFile> resourceFiles)
    {
        var diagnostics = new DiagnosticCollector();
        ImmutableDictionary<string, string> resources = ResourceFileReader.Read(resourceFiles, diagnostics);
        var raw = new RawConfiguration();
        var parser = new ObjectFileParser(raw, diagnostics, files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal));
        foreach (SourceFile file in files.Where(file => ByteCheck.IsText(file, diagnostics)))
        {
            parser.Parse(file);
        }

        ObjectConfiguration configuration = Build(new CompilationContext(main, raw, diagnostics), resources);
        ImmutableArray<Diagnostic> findings =
            diagnostics.ToImmutable([.. resourceFiles.Select(f => f.Path), .. files.Select(f => f.Path)]);
        return new CompilationResult(diagnostics.HasErrors ? null : configuration, findings);
    }

    private static ObjectConfiguration Build(CompilationContext context, ImmutableDictionary<string, string> resources)
    {
        var periods = new TimePeriodBuilder(context);
        var commands = new CommandBuilder(context);
        commands.CheckMain();
        var contacts = new ContactBuilder(context, commands, periods);
        var hosts = new HostBuilder(context, commands, periods, contacts);
        var information = new ExtendedInfoBuilder(context);
        information.ReadHosts(hosts);
        HostDefinition[] hostDefinitions = hosts.Build(information.CompleteHost);
        var services = new ServiceBuilder(context, commands, periods, contacts, hosts);
        information.ReadServices(services);
        ServiceDefinition[] serviceDefinitions = services.Build(hostDefinitions, information);
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
