using Compeer.Platform.Processes;

namespace Compeer.Tests.Platform;

public sealed class RuntimeTracesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("compeer-traces-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Remove_FilesOfThisAndOthers_TakesThisProcessOnes()
    {
        string[] files =
        [
            "clr-debug-pipe-12-5-in", "clr-debug-pipe-12-5-out", "dotnet-diagnostic-12-5-socket",
            "clr-debug-pipe-123-5-in", "dotnet-diagnostic-1-2-socket", "other-12-5",
        ];
        Array.ForEach(files, file => File.WriteAllText(Path.Combine(_folder.FullName, file), ""));
        RuntimeTraces.Remove(_folder.FullName, 12);
        Assert.Equal(files[3..].Order(StringComparer.Ordinal), _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        RuntimeTraces.Remove("/nonexistent", 12);
    }
}
