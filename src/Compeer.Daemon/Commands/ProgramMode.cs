namespace Compeer.Daemon.Commands;

/// <summary>The ways to run <c>mond</c>.</summary>
internal enum ProgramMode
{
    Foreground = 1,
    Daemonize = 2,
    Verify = 3,
    ListFiles = 4,
    PrintKey = 5,
    Version = 6,
    Help = 7,
    Precache = 8,
    Manifest = 9,
    Offer = 10,
    Stage = 11,
    Install = 12,
    ListKept = 13,
    CompareKept = 14,
    CheckDatabase = 15,
    BackUpDatabase = 16,
    VacuumDatabase = 17,
    Split = 18,
}
