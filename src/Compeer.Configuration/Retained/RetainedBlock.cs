using System.Collections.Immutable;

namespace Compeer.Configuration.Retained;

/// <summary>A block of a <c>retention.dat</c>: <c>host {</c>, lines <c>key=value</c>, <c>}</c>.</summary>
/// <param name="Type">What it is of, such as <c>host</c>.</param>
/// <param name="Line">The line on which it begins, from 1.</param>
/// <param name="Values">Its keys and values, in their order.</param>
public sealed record RetainedBlock(string Type, int Line, ImmutableArray<KeyValuePair<string, string>> Values)
{
    /// <summary>The last value of a key; null when it is not there.</summary>
    public string? this[string key]
    {
        get
        {
            for (var place = Values.Length - 1; place >= 0; place--)
            {
                if (Values[place].Key == key)
                {
                    return Values[place].Value;
                }
            }

            return null;
        }
    }
}
