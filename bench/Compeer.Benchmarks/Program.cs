using BenchmarkDotNet.Running;
using Compeer.Benchmarks;

// dotnet run -c Release --project bench/Compeer.Benchmarks -- --filter '*Division*'
BenchmarkSwitcher.FromAssembly(typeof(GeneratedConfiguration).Assembly).Run(args);
