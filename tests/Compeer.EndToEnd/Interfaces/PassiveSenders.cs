using System.Text;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Interfaces;

/// <summary>What tests of the ways in have in common.</summary>
internal static class PassiveSenders
{
    public const string Token = "0123456789abcdef";

    /// <summary>Settings, whole or not at all, that others may not read.</summary>
    public static void WriteSettings(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.SetUnixFileMode(path + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>The interface answers a moment before everything else listens.</summary>
    public static Task<TimeSpan> AwaitWayAsync(MonitorNode node) => Eventually.HoldsAsync(
        "start",
        "the way in is on",
        Limits.LiveChange,
        async () => (await node.StatusAsync()).PassiveWays is [{ Address: not null, Problem: null }] ? null : "it is off",
        node);

    /// <summary>Objects whose results come from outside only: a host, and services of it.</summary>
    public static string Objects(string host, params string[] services)
    {
        var text = new StringBuilder($"define host {{\n host_name {host}\n active_checks_enabled 0\n max_check_attempts 1\n}}\n");
        foreach (var service in services)
        {
            text.Append($"define service {{\n host_name {host}\n service_description {service}\n check_command never\n");
            text.Append(" active_checks_enabled 0\n max_check_attempts 1\n}\n");
        }

        return text.ToString();
    }

    /// <summary>Runs curl without its talk, failing as NRDP's shell client has it (<c>-f</c>) at codes of HTTP that are errors.</summary>
    public static Task<ProgramResult> CurlAsync(string folder, params string[] arguments) =>
        Programs.RunAsync(folder, "/usr/bin/curl", ["-sS", "-f", "--max-time", "30", .. arguments]);
}
