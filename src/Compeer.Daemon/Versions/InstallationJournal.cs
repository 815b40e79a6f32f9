using System.Collections.Immutable;

namespace Compeer.Daemon.Versions;

/// <summary>What an installation does, written down before it begins, so that one that was cut off is finished at the next
/// start.</summary>
/// <param name="MainFile">The main configuration that is replaced.</param>
/// <param name="Manifest">The hash of the manifest that is put in place.</param>
/// <param name="Main">The hash of what the main configuration will be.</param>
/// <param name="Deleted">The files that go, by their names below the folder of the main configuration.</param>
internal sealed record InstallationJournal(string MainFile, string Manifest, string Main, ImmutableArray<string> Deleted);
