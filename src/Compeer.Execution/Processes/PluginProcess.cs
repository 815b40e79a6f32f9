namespace Compeer.Execution.Processes;

/// <summary>A process just started: its id and the descriptors that belong to it.</summary>
internal readonly record struct PluginProcess(int Pid, int PidFd, int StandardOutput, int StandardError);
