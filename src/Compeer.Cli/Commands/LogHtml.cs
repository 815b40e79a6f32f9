using System.Globalization;
using System.Text;
using Compeer.Cli.Files;

namespace Compeer.Cli.Commands;

/// <summary>Lines of the log for a web page, with the elements and the names of images of showlog: an hour above the lines of it, and a
/// line with its image each.</summary>
/// <param name="output">Where they go.</param>
/// <param name="images">The address of the folder with the images.</param>
/// <param name="isReverse">Whether the newest come first: then the end of the hour is named.</param>
internal sealed class LogHtml(TextWriter output, string images, bool isReverse)
{
    /// <summary>Where op5's interface has its images.</summary>
    public const string UsualImages = "/ninja/application/views/themes/default/icons/16x16";

    private const int Hour = 3600;

    private long? _hour;

    /// <summary>Writes a line.</summary>
    /// <param name="line">It.</param>
    /// <param name="time">What stands in front of it.</param>
    /// <param name="local">When it was, locally.</param>
    public void Write(LogLine line, string time, DateTimeOffset local)
    {
        if (_hour != line.Time / Hour)
        {
            _hour = line.Time / Hour;
            var named = local.AddHours(isReverse ? 1 : 0);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"<h2>{named:yyyy-MM-dd HH}:00 </h2>"));
        }

        var image = ImageOf(line);
        output.WriteLine($"<img src=\"{Escape(images)}/{image}\" alt=\"{image}\" /> [{time}] {Escape(line.Text)}<br />");
    }

    private static string ImageOf(LogLine line) => line.Kind switch
    {
        LogLineKind.Alert or LogLineKind.Initial => line.State switch
        {
            "UP" or "OK" => "shield-ok.png",
            "WARNING" => "shield-warning.png",
            "UNKNOWN" => "shield-unknown.png",
            _ => "shield-critical.png",
        },
        LogLineKind.Notification when line.Text.Contains("SUPPRESSED: ", StringComparison.Ordinal) => "notify-disabled.png",
        LogLineKind.Notification => "notify-send.png",
        LogLineKind.Handler => line.Service.Length > 0 ? "serviceevent.png" : "hostevent.png",
        LogLineKind.Downtime => "scheduled-downtime.png",
        LogLineKind.Flapping => "flapping.png",
        LogLineKind.Command => "command.png",
        LogLineKind.Rotation => "logrotate.png",
        _ => line.IsStart ? "start.png" : line.IsStop ? "stop.png" : "shield-info.png",
    };

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '&' => escaped.Append("&amp;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&apos;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                _ => escaped.Append(letter),
            };
        }

        return escaped.ToString();
    }
}
