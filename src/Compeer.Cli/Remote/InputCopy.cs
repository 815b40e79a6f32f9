namespace Compeer.Cli.Remote;

/// <summary>Gives one input to several programs.</summary>
internal static class InputCopy
{
    /// <summary>Copies to all of them until the end, which they are told. One that reads no more is left out; the slowest sets the
    /// pace.</summary>
    public static async Task RunAsync(Stream from, IReadOnlyList<Stream> to, CancellationToken cancellation)
    {
        var readers = to.ToList();
        var buffer = new byte[1 << 14];
        int read;
        while (readers.Count > 0 && (read = await from.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0)
        {
            var written = await Task.WhenAll(
                readers.Select(reader => TryWriteAsync(reader, buffer.AsMemory(0, read), cancellation))).ConfigureAwait(false);
            readers = [.. readers.Where((_, i) => written[i])];
        }

        foreach (var reader in readers)
        {
            TryClose(reader);
        }
    }

    /// <summary>Tells a program that there is no input.</summary>
    public static void TryClose(Stream reader)
    {
        try
        {
            reader.Dispose();
        }
        catch (IOException)
        {
            // It has ended, and knows.
        }
    }

    private static async Task<bool> TryWriteAsync(Stream reader, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await reader.WriteAsync(bytes, cancellation).ConfigureAwait(false);
            await reader.FlushAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return false;
        }
    }
}
