using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Commands;

/// <summary>An external command that is right as far as its form goes.</summary>
/// <param name="Name">The name.</param>
/// <param name="EntryTime">The time that it says it was given, seconds since 1970.</param>
/// <param name="RawArguments">All that follows the name.</param>
/// <param name="Values">Per argument an object's definition, a <see cref="long"/> or a <see cref="string"/>; null when it was left
/// out.</param>
internal sealed record ParsedCommand(string Name, long EntryTime, string RawArguments, ImmutableArray<object?> Values)
{
    /// <summary>The host or service, or the group, that the command is about: its first argument.</summary>
    public T Subject<T>()
        where T : class => (T)Values[0]!;

    /// <summary>A number among the arguments.</summary>
    public long Number(int place) => (long)Values[place]!;

    /// <summary>A text among the arguments.</summary>
    public string Text(int place) => (string)Values[place]!;

    /// <summary>A time period among the arguments.</summary>
    public TimePeriodDefinition Period(int place) => (TimePeriodDefinition)Values[place]!;
}
