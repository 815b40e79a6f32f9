using Compeer.Cli.Outcome;

namespace Compeer.Cli.Daemon;

/// <summary>The daemon's program.</summary>
internal interface IMond
{
    /// <summary>Runs <c>mond</c> to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="output">Gets each line it prints.</param>
    /// <param name="error">Gets each line it prints for people.</param>
    /// <param name="cancellation">Ends the waiting and the program.</param>
    /// <returns>Its exit code.</returns>
    /// <exception cref="MonException">It cannot be run.</exception>
    public Task<int> RunAsync(
        IReadOnlyList<string> arguments, Action<string> output, Action<string> error, CancellationToken cancellation);

    /// <summary>The same as the user whom the daemon runs as, for what is the daemon's to write.</summary>
    /// <inheritdoc cref="RunAsync" path="/param"/>
    /// <returns>Its exit code.</returns>
    /// <exception cref="MonException">It cannot be run.</exception>
    public Task<int> RunAsDaemonAsync(
        IReadOnlyList<string> arguments, Action<string> output, Action<string> error, CancellationToken cancellation);

    /// <summary>Starts the daemon and waits until it is ready or has failed.</summary>
    /// <param name="output">Gets each line it prints but the one that says it is ready.</param>
    /// <param name="error">Gets each line it prints for people.</param>
    /// <param name="cancellation">Ends the waiting; the daemon is left to itself.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="MonException">It cannot be run.</exception>
    public Task<MondStart> StartAsync(Action<string> output, Action<string> error, CancellationToken cancellation);

    /// <summary>Has the service manager stop the daemon, where one runs it and this user may ask.</summary>
    /// <param name="error">Gets each line that it prints for people.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>False when it was not asked or could not; a signal to the daemon is left then.</returns>
    /// <exception cref="MonException">It cannot be asked.</exception>
    public Task<bool> StopServiceAsync(Action<string> error, CancellationToken cancellation);
}
