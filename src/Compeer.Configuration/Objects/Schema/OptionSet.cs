using System.Text;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Schema;

/// <summary>The letters and words that an option directive knows.</summary>
internal sealed class OptionSet
{
    public static readonly OptionSet HostNotification = new(
        ('d', "down", StateOptions.Down),
        ('u', "unreachable", StateOptions.Unreachable),
        ('r', "recovery", StateOptions.Ok),
        ('f', "flapping", StateOptions.Flapping),
        ('s', "downtime", StateOptions.Downtime));

    public static readonly OptionSet ServiceNotification = new(
        ('u', "unknown", StateOptions.Unknown),
        ('w', "warning", StateOptions.Warning),
        ('c', "critical", StateOptions.Critical),
        ('r', "recovery", StateOptions.Ok),
        ('f', "flapping", StateOptions.Flapping),
        ('s', "downtime", StateOptions.Downtime));

    public static readonly OptionSet HostState = new(
        ('o', "up", StateOptions.Ok),
        ('d', "down", StateOptions.Down),
        ('u', "unreachable", StateOptions.Unreachable));

    public static readonly OptionSet ServiceState = new(
        ('o', "ok", StateOptions.Ok),
        ('w', "warning", StateOptions.Warning),
        ('u', "unknown", StateOptions.Unknown),
        ('c', "critical", StateOptions.Critical));

    public static readonly OptionSet HostDependency = new(
        ('o', "up", StateOptions.Ok),
        ('d', "down", StateOptions.Down),
        ('u', "unreachable", StateOptions.Unreachable),
        ('p', "pending", StateOptions.Pending));

    public static readonly OptionSet ServiceDependency = new(
        ('o', "ok", StateOptions.Ok),
        ('w', "warning", StateOptions.Warning),
        ('u', "unknown", StateOptions.Unknown),
        ('c', "critical", StateOptions.Critical),
        ('p', "pending", StateOptions.Pending));

    public static readonly OptionSet HostEscalation = new(
        ('d', "down", StateOptions.Down),
        ('u', "unreachable", StateOptions.Unreachable),
        ('r', "recovery", StateOptions.Ok));

    public static readonly OptionSet ServiceEscalation = new(
        ('w', "warning", StateOptions.Warning),
        ('u', "unknown", StateOptions.Unknown),
        ('c', "critical", StateOptions.Critical),
        ('r', "recovery", StateOptions.Ok));

    private readonly (char Letter, string Word, StateOptions Option)[] _options;

    private OptionSet(params (char Letter, string Word, StateOptions Option)[] options)
    {
        _options = options;
    }

    /// <summary>The set that a directive of an object type takes its letters from.</summary>
    public static OptionSet Of(ObjectType type, Directive directive) => (directive, type) switch
    {
        (Directive.HostNotificationOptions, _) => HostNotification,
        (Directive.ServiceNotificationOptions, _) => ServiceNotification,
        (Directive.NotificationOptions, ObjectType.Host) => HostNotification,
        (Directive.NotificationOptions, _) => ServiceNotification,
        (Directive.EscalationOptions, ObjectType.HostEscalation) => HostEscalation,
        (Directive.EscalationOptions, _) => ServiceEscalation,
        (Directive.ExecutionFailureOptions or Directive.NotificationFailureOptions, ObjectType.HostDependency) => HostDependency,
        (Directive.ExecutionFailureOptions or Directive.NotificationFailureOptions, _) => ServiceDependency,
        (_, ObjectType.Host) => HostState,
        _ => ServiceState,
    };

    /// <summary>The options in a list such as <c>d,u,r</c>; <paramref name="unknown"/> is the first that is not known.</summary>
    public StateOptions Parse(ReadOnlySpan<byte> text, out string? unknown)
    {
        unknown = null;
        var result = StateOptions.None;
        foreach (var range in text.SplitAny((byte)',', (byte)' '))
        {
            var item = text[range];
            if (item.IsEmpty)
            {
                continue;
            }

            // As in Naemon, "n" and "a" replace what stands before them and later letters add to them.
            if (Is(item, 'n', "none"))
            {
                result = StateOptions.None;
            }
            else if (Is(item, 'a', "all"))
            {
                result = StateOptions.All;
            }
            else if (Find(item) is { } option)
            {
                result |= option;
            }
            else
            {
                unknown ??= ConfigurationText.Decode(item);
            }
        }

        return result;
    }

    /// <summary>Whether <c>n</c> is in a list.</summary>
    public static bool HasNone(ReadOnlySpan<byte> text)
    {
        foreach (var range in text.SplitAny((byte)',', (byte)' '))
        {
            if (Is(text[range], 'n', "none"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is allowed, for messages: <c>d (down), u (unreachable), …</c>.</summary>
    public string Describe(bool single)
    {
        var options = string.Join(", ", _options.Select(o => $"{o.Letter} ({o.Word})"));
        return single ? options : options + ", n (none), a (all)";
    }

    /// <summary>The one option that a word or letter stands for; null when it is not known.</summary>
    public StateOptions? Find(ReadOnlySpan<byte> item)
    {
        foreach ((var letter, var word, var option) in _options)
        {
            if (Is(item, letter, word))
            {
                return option;
            }
        }

        return null;
    }

    private static bool Is(ReadOnlySpan<byte> item, char letter, string word) =>
        (item.Length == 1 && item[0] == letter) || (item.Length == word.Length && Ascii.Equals(item, word));
}
