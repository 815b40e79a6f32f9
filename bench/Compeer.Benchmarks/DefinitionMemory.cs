using System.Globalization;
using Compeer.Configuration;
using Compeer.Configuration.Main;
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
        var main = MainConfigurationReader.Read(GeneratedConfiguration.Main).Configuration!;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var objects = Compile(main, file);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        var services = objects.Services.Length;
        var own = OwnText(objects) / (double)services;
        var all = bytes / (double)services;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{services} services: {all:0} bytes each with everything, {all - own:0} without text that only it has"));
    }

    private static ObjectConfiguration Compile(MainConfiguration main, string file)
    {
        var result = ObjectConfigurationCompiler.Compile(main, [new SourceFile(file, File.ReadAllBytes(file))], []);
        return result.Configuration ?? throw new ArgumentException($"{file} has errors, the first: {result.Diagnostics[0]}", nameof(file));
    }

    private static long OwnText(ObjectConfiguration objects)
    {
        var users = new Dictionary<string, int>(ReferenceEqualityComparer.Instance);
        foreach (var service in objects.Services)
        {
            foreach (var text in Texts(service))
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
