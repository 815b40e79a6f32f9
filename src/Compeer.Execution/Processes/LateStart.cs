namespace Compeer.Execution.Processes;

/// <summary>A start that was left behind because it did not come back, and what came of it when it did.</summary>
internal sealed class LateStart(Starter starter, string program, int slot, long left)
{
    /// <summary>The thread that is in it.</summary>
    internal Starter Starter { get; } = starter;

    /// <summary>The program that does not start.</summary>
    internal string Program { get; } = program;

    /// <summary>Where the station keeps the request meanwhile.</summary>
    internal int Slot { get; } = slot;

    /// <summary>Monotonic timestamp of when it was left behind.</summary>
    internal long Left { get; } = left;

    /// <summary>Whether it was told of. The watching thread's own.</summary>
    internal bool IsTold { get; set; }

    /// <summary>0 or the errno, once it came back.</summary>
    internal int Errno { get; set; }

    /// <summary>The process, once it came back with 0.</summary>
    internal PluginProcess Process { get; set; }
}
