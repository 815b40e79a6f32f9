using Compeer.Configuration.Retained;

namespace Compeer.Daemon.StatusFiles;

/// <summary>Reads a <c>retention.dat</c> of another program in pieces, so that a large one is never in memory as a whole.</summary>
internal static class RetainedFile
{
    private const int PieceBytes = 64 << 10;

    /// <summary>Reads it to its end.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="take">Takes the blocks as they come, and is told which are the last.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What is wrong with the file, with the line; null when nothing is.</returns>
    public static async Task<string?> ReadAsync(
        Stream file, Func<IReadOnlyList<RetainedBlock>, bool, Task> take, CancellationToken cancellation)
    {
        var reader = new RetainedFileReader();
        var piece = new byte[PieceBytes];
        int read;
        while (reader.Problem is null && (read = await file.ReadAsync(piece, cancellation).ConfigureAwait(false)) > 0)
        {
            var blocks = new List<RetainedBlock>();
            reader.Feed(piece.AsSpan(0, read), blocks);
            if (blocks.Count > 0)
            {
                await take(blocks, false).ConfigureAwait(false);
            }
        }

        var last = new List<RetainedBlock>();
        if (reader.Problem is null)
        {
            reader.End(last);
        }

        if (reader.Problem is { } problem)
        {
            return $"line {problem.Line}: {problem.Text}";
        }

        await take(last, true).ConfigureAwait(false);
        return null;
    }
}
