using System.Diagnostics;
using System.Globalization;
using Compeer.Configuration.Main;
using Compeer.Daemon.LogReading;

namespace Compeer.Benchmarks;

/// <summary>A day's window of a month of log lines in one file, beside a plain read of that file.</summary>
internal static class LogWindow
{
    private const int Days = 30;
    private const long Day = 24 * 60 * 60;
    private const long Start = 1_772_582_400;

    /// <summary>Writes so many lines, and prints how long each way takes; the folder is removed.</summary>
    public static void Print(int lines)
    {
        var folder = Directory.CreateTempSubdirectory("compeer-log-").FullName;
        try
        {
            var file = Path.Combine(folder, "naemon.log");
            Write(file, lines);
            var main = MainConfigurationReader.Read(GeneratedConfiguration.Main).Configuration! with
            {
                LogFile = file,
                LogArchivePath = Path.Combine(folder, "archives"),
            };
            var archive = new LogArchive(folder);
            (var first, var last) = (Start + (14 * Day), Start + (15 * Day) - 1);
            Measure($"plain read of {lines} lines, {new FileInfo(file).Length >> 20} MiB", () => Plain(file));
            for (var round = 1; round <= 2; round++)
            {
                Measure($"a day, {(round == 1 ? "first" : "second")} time", () => archive.NewestFirst(main, first, last)
                    .Count(line => line.Time >= first && line.Time <= last));
            }

            Measure("the newest 100", () => archive.NewestFirst(main, 0, long.MaxValue).Take(100).Count());
            Measure("everything", () => archive.NewestFirst(main, 0, long.MaxValue).Count());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{archive.Readings.BytesRead >> 20} MiB read altogether"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(string what, Func<int> count)
    {
        var began = Stopwatch.GetTimestamp();
        var found = count();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}: {found} lines, {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0.0} ms"));
    }

    private static int Plain(string file)
    {
        var lines = 0;
        var buffer = new byte[1 << 16];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            lines += buffer.AsSpan(0, count).Count((byte)'\n');
        }

        return lines;
    }

    private static void Write(string file, int lines)
    {
        using var writer = new StreamWriter(file);
        for (var i = 0; i < lines; i++)
        {
            var time = Start + (i * Days * Day / lines);
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"[{time}] SERVICE ALERT: host{i % 10_000};service {i % 10};CRITICAL;HARD;3;refused by the other side, once more\n"));
        }
    }
}
