using BenchmarkDotNet.Attributes;
using Compeer.Configuration;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;

namespace Compeer.Benchmarks;

/// <summary>From bytes to resolved objects.</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    private MainConfiguration _main = null!;
    private SourceFile _objects = null!;

    [Params(1_000, 10_000)]
    public int Hosts { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _main = MainConfigurationReader.Read(GeneratedConfiguration.Main, []).Configuration!;
        _objects = GeneratedConfiguration.Objects(Hosts);
    }

    [Benchmark]
    public ObjectConfiguration Compile() => ObjectConfigurationCompiler.Compile(_main, [_objects], []).Configuration!;
}
