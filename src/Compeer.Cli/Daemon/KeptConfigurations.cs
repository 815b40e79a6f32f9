using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Compeer.Api;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Daemon;

/// <summary>The configurations that are kept: asked of the running daemon, or else read by its program from where they are.</summary>
internal sealed class KeptConfigurations(IMonitoringClient client, IMond mond)
{
    /// <summary>All of them, the newest first.</summary>
    /// <exception cref="MonException">They cannot be found out.</exception>
    public async Task<ImmutableArray<KeptConfiguration>> ListAsync(CancellationToken cancellation) => await ReadAsync(
        await client.GetConfigurationsAsync(cancellation).ConfigureAwait(false),
        ["--kept"],
        ApiJsonContext.Default.ImmutableArrayKeptConfiguration,
        cancellation).ConfigureAwait(false);

    /// <summary>What is different between two of them.</summary>
    /// <exception cref="MonException">It cannot be found out.</exception>
    public async Task<ConfigurationDifference> CompareAsync(string from, string? to, CancellationToken cancellation) => await ReadAsync(
        await client.GetDifferenceAsync(from, to, cancellation).ConfigureAwait(false),
        to is null ? ["--difference", from] : ["--difference", from, to],
        ApiJsonContext.Default.ConfigurationDifference,
        cancellation).ConfigureAwait(false);

    private async Task<T> ReadAsync<T>(
        ApiAnswer<T> answer, IReadOnlyList<string> arguments, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : notnull
    {
        if (answer.TryGet(out var value, out var error))
        {
            return value;
        }

        if (error.Kind != ApiErrorKind.NotRunning)
        {
            throw new MonException(error.Message);
        }

        var output = new List<string>();
        var errors = new List<string>();
        var exitCode = await mond.RunAsync(arguments, output.Add, errors.Add, cancellation).ConfigureAwait(false);
        if (exitCode != 0)
        {
            throw new MonException(errors.Count > 0 ? string.Join("; ", errors.Select(WithoutName)) : "mond does not say what is kept");
        }

        try
        {
            return JsonSerializer.Deserialize(string.Concat(output), type) is { } read ? read : throw new JsonException("null");
        }
        catch (JsonException)
        {
            throw new MonException("what mond says of its configurations is not understood; are mon and mond of the same version?");
        }
    }

    private static string WithoutName(string line) => line.StartsWith("mond: ", StringComparison.Ordinal) ? line["mond: ".Length..] : line;
}
