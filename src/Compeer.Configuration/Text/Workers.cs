namespace Compeer.Configuration.Text;

/// <summary>
/// Who does steps that do not depend on each other. A compilation starts no thread itself: its caller lends it workers, and
/// what comes out is the same whoever did which step in which order.
/// </summary>
/// <param name="Count">How many steps can be done at a time, at least 1: work is divided into about so many.</param>
/// <param name="Run">Calls the function with 0 to n - 1, in any order and on any threads, and returns when all calls have
/// returned.</param>
public sealed record Workers(int Count, Action<int, Action<int>> Run)
{
    /// <summary>The caller's own thread: one step after the other.</summary>
    public static Workers One { get; } = new(1, (steps, step) =>
    {
        for (var i = 0; i < steps; i++)
        {
            step(i);
        }
    });
}
