using Compeer.Api;

namespace Compeer.EndToEnd.Harness;

/// <summary>One name for a host (<c>web01:</c>) or a service (<c>web01:Load</c>), usable in command lines and file names.</summary>
internal static class ObjectName
{
    public static string Of(CheckableStatus status) => Of(status.Host, status.Service);

    public static string Of(string host, string? service = null) => $"{host}:{service}";
}
