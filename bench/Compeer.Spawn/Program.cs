using System.Globalization;
using Compeer.Platform.Processes;
using Compeer.Spawn;

// The same measurement as spawn.c, by the plugin runner. Arguments and columns are those of spawn.c, and one column
// more: managed bytes allocated per check. SPAWN_THREADS sets the runner's threads; SPAWN_RATE starts so many checks per
// second from a thread of its own, as a daemon does, instead of one for each that ended.
if (args.Length < 3
    || !int.TryParse(args[0], CultureInfo.InvariantCulture, out var count) || count < 1
    || !int.TryParse(args[1], CultureInfo.InvariantCulture, out var concurrency) || concurrency < 1)
{
    Console.Error.WriteLine("usage: Compeer.Spawn COUNT CONCURRENCY COMMAND [ARGUMENT...]");
    return 2;
}

_ = ProcessSignals.Prepare();
using var bench = new SpawnBench(string.Join(' ', args[2..]), concurrency, Setting("SPAWN_THREADS", 2), Setting("SPAWN_RATE", 0));

// Enough to have the code compiled at its best before it is measured, which a daemon has after a minute.
bench.Run(Math.Max(1000, count / 10));
var result = bench.Run(count);
if (result.Failed > 0)
{
    Console.Error.WriteLine($"Compeer.Spawn: {result.Failed} of {count} checks did not exit with 0 and output");
    return 1;
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{"Compeer",-8} {count,7} {concurrency,4} {result.PerSecond,9:F1} {result.Own,8:F1} {result.Children,8:F1} ")
    + string.Create(CultureInfo.InvariantCulture, $"{result.Total,8:F1} {result.Allocated,8:F0}"));
return 0;

static int Setting(string name, int otherwise) =>
    int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
