using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon oconf hash</c></summary>
internal sealed class OconfHashCommand : OconfCommand
{
    private const int BufferBytes = 64 << 10;

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "oconf", "hash", "[file]", "Print the SHA-1 hash over all object configuration files.")
    {
        Details = ["Two nodes with the same value have the same object configuration."],
        Options = [FileHelp],
    };

    /// <inheritdoc/>
    [SuppressMessage(
        "Security", "CA5350:Do Not Use Weak Cryptographic Algorithms",
        Justification = "Merlin's value, compared for equality; nothing is protected by it.")]
    public override async Task<int> RunAsync(
        ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        if (await ListFilesAsync(arguments, context, cancellation).ConfigureAwait(false) is not { } files)
        {
            return ExitCodes.Failure;
        }

        // Merlin: the contents one after the other, in the order of the paths, and nothing between them.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        var buffer = new byte[BufferBytes];
        foreach (var file in files)
        {
            try
            {
                await using var stream = File.OpenRead(file);
                int length;
                while ((length = await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
                {
                    hash.AppendData(buffer, 0, length);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw MonException.FromFile(file, e);
            }
        }

        context.Out.WriteLine(Convert.ToHexStringLower(hash.GetHashAndReset()));
        return ExitCodes.Success;
    }
}
