using System.CommandLine;
using System.Globalization;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon log purge</c></summary>
internal sealed class LogPurgeCommand : MonCommand
{
    private const double MostDays = 36_600;

    private readonly Option<string> _age = new("--remove-older-than");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "log", "purge", "[--remove-older-than=NUMBER[y|m|w|d]]", "Remove rotated files of the monitoring log that are old.")
    {
        Details =
        [
            "Those in log_archive_path that were last written so long ago. The log in use",
            "stays, as do files that are none of the log. Without the option nothing is",
            "removed.",
        ],
        Options = [("--remove-older-than=AGE", "a number and y (366 days), m (31 days), w or d")],
        Examples = ["mon log purge --remove-older-than=1y"],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Options.Add(_age);

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (arguments.GetValue(_age) is not { } text)
        {
            context.Out.WriteLine("nothing is to be removed without --remove-older-than");
            return Task.FromResult(ExitCodes.Success);
        }

        if (AgeOf(text) is not { } age)
        {
            return Task.FromResult(FailUsage(
                context, $"\"{text}\" is no age: a number and y, m, w or d, at most {MostDays:0} days"));
        }

        var before = context.Time.GetUtcNow() - age;
        var main = context.Paths.FindMainConfiguration();
        var log = PathSetting.In(main, "log_file") ?? context.Paths.VariableFolder + "/naemon.log";
        var removed = 0;
        var hasFailed = false;
        foreach (var (file, _) in LogFiles.Of(context.Paths, main).Where(file => file.Path != log))
        {
            try
            {
                if (File.GetLastWriteTimeUtc(file) < before)
                {
                    File.Delete(file);
                    removed++;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                hasFailed = true;
                context.Error.WriteLine($"mon {Help.Path}: {MonException.FromFile(file, e).Message}");
            }
        }

        context.Out.WriteLine($"removed {removed} {(removed == 1 ? "file" : "files")}");
        return Task.FromResult(hasFailed ? ExitCodes.Failure : ExitCodes.Success);
    }

    /// <summary>The units are op5's, rounded up.</summary>
    private static TimeSpan? AgeOf(string text)
    {
        var days = text.Length == 0 ? 0 : text[^1] switch { 'y' => 366, 'm' => 31, 'w' => 7, 'd' => 1, _ => 0 };
        return days > 0
            && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * days is var all and <= MostDays
                ? TimeSpan.FromDays(all)
                : null;
    }
}
