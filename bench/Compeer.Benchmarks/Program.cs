using BenchmarkDotNet.Running;
using Compeer.Benchmarks;

// dotnet run -c Release --project bench/Compeer.Benchmarks -- --filter '*Division*'
// dotnet run -c Release --project bench/Compeer.Benchmarks -- definitions FILE.cfg
if (args is ["definitions", string file])
{
    DefinitionMemory.Print(file);
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(GeneratedConfiguration).Assembly).Run(args);
}
