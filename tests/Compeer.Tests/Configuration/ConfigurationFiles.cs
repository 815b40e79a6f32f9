using System.Collections.Immutable;
using Compeer.Configuration;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;

namespace Compeer.Tests.Configuration;

/// <summary>Reads configurations from disk as the daemon's shell does, and from text in tests.</summary>
internal static class ConfigurationFiles
{
    public static (MainConfigurationResult Main, CompilationResult Objects) Load(string mainPath)
    {
        var main = Read(mainPath);
        var result = MainConfigurationReader.Read(main);
        var files = new List<SourceFile>();
        var folders = new List<string>();
        while (result.Configuration is { } c && c.IncludeFiles.Length + c.IncludeDirectories.Length > 0)
        {
            files.AddRange(c.IncludeFiles.Select(Read));
            foreach (var folder in c.IncludeDirectories)
            {
                folders.Add(folder);
                files.AddRange(Directory.GetFiles(folder, "*.cfg").Order(StringComparer.Ordinal).Select(Read));
            }

            result = MainConfigurationReader.Read(main, files, folders);
        }

        Assert.True(result.Configuration is not null, string.Join('\n', result.Diagnostics));
        ImmutableArray<SourceFile> objects =
        [
            .. result.Configuration.ObjectFiles.Select(Read),
            .. result.Configuration.ObjectDirectories
                .SelectMany(d => Directory.GetFiles(d, "*.cfg", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                .Select(Read),
        ];
        return (result, ObjectConfigurationCompiler.Compile(
            result.Configuration, objects, [.. result.Configuration.ResourceFiles.Select(Read)]));
    }

    /// <summary>Compiles one object file under the name <c>test.cfg</c>.</summary>
    public static CompilationResult Compile(string objects, string main = "") =>
        ObjectConfigurationCompiler.Compile(MainFrom(main), [Source("test.cfg", objects)], []);

    public static MainConfiguration MainFrom(string text)
    {
        var result = MainConfigurationReader.Read(Source("/etc/naemon/naemon.cfg", text));
        Assert.True(result.Configuration is not null, string.Join('\n', result.Diagnostics));
        return result.Configuration;
    }

    public static SourceFile Source(string path, string text) => new(path, ConfigurationText.Encode(text));

    private static SourceFile Read(string path) => new(path, File.ReadAllBytes(path));
}
