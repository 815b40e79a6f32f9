using System.Diagnostics.CodeAnalysis;

namespace Compeer.Api;

/// <summary>What came of a question to the daemon: a value, or the reason why there is none.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public sealed record ApiAnswer<T>
    where T : notnull
{
    /// <summary>An answer.</summary>
    public ApiAnswer(T value) => Value = value;

    /// <summary>A failure.</summary>
    public ApiAnswer(ApiError error) => Error = error;

    /// <summary>The answer; meaningful when <see cref="Error"/> is null.</summary>
    public T? Value { get; }

    /// <summary>The failure; null when there is an answer.</summary>
    public ApiError? Error { get; }

    /// <summary>Whether there is an answer, and which.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ApiError? error)
    {
        value = Value;
        error = Error;
        return error is null;
    }
}
