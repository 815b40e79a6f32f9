using System.Globalization;
using BenchmarkDotNet.Running;
using Compeer.Benchmarks;

// dotnet run -c Release --project bench/Compeer.Benchmarks -- --filter '*Division*'
// dotnet run -c Release --project bench/Compeer.Benchmarks -- definitions FILE.cfg
// dotnet run -c Release --project bench/Compeer.Benchmarks -- store 1000000
// dotnet run -c Release --project bench/Compeer.Benchmarks -- livestatus 10000
// dotnet run -c Release --project bench/Compeer.Benchmarks -- log 2000000
if (args is ["definitions", string file])
{
    DefinitionMemory.Print(file);
}
else if (args is ["store", string services])
{
    StoreMemory.Print(int.Parse(services, CultureInfo.InvariantCulture));
}
else if (args is ["livestatus", string hosts])
{
    LivestatusTimes.Print(int.Parse(hosts, CultureInfo.InvariantCulture));
}
else if (args is ["log", string lines])
{
    LogWindow.Print(int.Parse(lines, CultureInfo.InvariantCulture));
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(GeneratedConfiguration).Assembly).Run(args);
}
