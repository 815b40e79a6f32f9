using System.Globalization;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;

namespace Compeer.Benchmarks;

/// <summary>
/// The memory that the definitions of an object file take once they are compiled: all objects of it, divided by the services.
/// Text that only one service has (its arguments, its variables) is counted apart, from the strings themselves.
/// </summary>
internal static class DefinitionMemory
{
    /// <summary>Header and length of a string, and its end.</summary>
    private const int StringBytes = 22;

    private const int Alignment = 8;

    public static void Print(string file)
    {
        MainConfiguration main = MainConfigurationReader.Read(GeneratedConfiguration.Main).Configuration!;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        ObjectConfiguration objects = Compile(main, file);
        long bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        int services = objects.Services.Length;
        double own = OwnText(objects) / (double)services;
        double all = bytes / (double)services;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{services} services: {all:0} bytes each with everything, {all - own:0} without text that only it has"));
    }

    private static ObjectConfiguration Compile(MainConfiguration main, string file)
    {
        CompilationResult result = ObjectConfigurationCompiler.Compile(main, [new SourceFile(file, File.ReadAllBytes(file))], []);
        return result.Configuration ?? throw new ArgumentException($"{file} has errors, the first: {result.Diagnostics[0]}", nameof(file));
    }

    private static long OwnText(ObjectConfiguration objects)
    {
        var users = new Dictionary<string, int>(ReferenceEqualityComparer.Instance);
        foreach (ServiceDefinition service in objects.Services)
        {
            foreach (string text in Texts(service))
            {
                users[text] = users.GetValueOrDefault(text) + 1;
            }
        }

        return users.Where(pair => pair.Value == 1).Sum(pair => SizeOf(pair.Key));
    }

    private static IEnumerable<string> Texts(ServiceDefinition service) =>
        (service.CheckCommand?.Arguments ?? []).Concat(service.CustomVariables.Select(variable => variable.Value));

    private static long SizeOf(string text) => (StringBytes + (2L * text.Length) + Alignment - 1) / Alignment * Alignment;
}
