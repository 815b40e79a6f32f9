using System.Globalization;
using BenchmarkDotNet.Running;
using Compeer.Benchmarks;

// dotnet run -c Release --project bench/Compeer.Benchmarks -- --filter '*Division*'
// dotnet run -c Release --project bench/Compeer.Benchmarks -- definitions FILE.cfg
// dotnet run -c Release --project bench/Compeer.Benchmarks -- store 1000000
// dotnet run -c Release --project bench/Compeer.Benchmarks -- pollers 50 20000 3400 60
// dotnet run -c Release --project bench/Compeer.Benchmarks -- livestatus 10000
// dotnet run -c Release --project bench/Compeer.Benchmarks -- livestatus 10000 columns
// dotnet run -c Release --project bench/Compeer.Benchmarks -- livestatus-clients SOCKET 4 10      (bench/livestatus/run.sh)
// dotnet run -c Release --project bench/Compeer.Benchmarks -- commands SOCKET 32 10               (bench/engine/run.sh)
// dotnet run -c Release --project bench/Compeer.Benchmarks -- log 2000000
// dotnet run -c Release --project bench/Compeer.Benchmarks -- off 100000 2
if (args is ["definitions", string file])
{
    DefinitionMemory.Print(file);
}
else if (args is ["store", string services])
{
    StoreMemory.Print(int.Parse(services, CultureInfo.InvariantCulture));
}
else if (args is ["pollers", string pollers, string each, string results, string duration])
{
    int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
    PollerLinks.Print(Number(pollers), Number(each), Number(results), Number(duration));
}
else if (args is ["livestatus", string hosts, .. string[] rest])
{
    LivestatusTimes.Print(int.Parse(hosts, CultureInfo.InvariantCulture), eachColumn: rest is ["columns"]);
}
else if (args is ["livestatus-clients", string socket, string clients, string seconds])
{
    LivestatusClients.Print(
        socket, int.Parse(clients, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
}
else if (args is ["commands", string queries, string givers, string length])
{
    CommandClients.Print(
        queries, int.Parse(givers, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(int.Parse(length, CultureInfo.InvariantCulture)));
}
else if (args is ["log", string lines])
{
    LogWindow.Print(int.Parse(lines, CultureInfo.InvariantCulture));
}
else if (args is ["off", string offHosts, string minutes])
{
    SwitchedOff.Print(int.Parse(offHosts, CultureInfo.InvariantCulture), int.Parse(minutes, CultureInfo.InvariantCulture));
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(GeneratedConfiguration).Assembly).Run(args);
}
