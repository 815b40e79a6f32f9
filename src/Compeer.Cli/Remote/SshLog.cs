using System.Globalization;
using System.IO.Pipes;
using System.Text;
using Compeer.Cli.Output;

namespace Compeer.Cli.Remote;

/// <summary>
/// What ssh itself says, of a machine that does not answer or a key that it refuses, apart from what the command says at the
/// other end: a pipe that ssh opens by its name under /proc.
/// </summary>
internal sealed class SshLog : IDisposable
{
    private readonly AnonymousPipeServerStream _reading = new(PipeDirection.In, HandleInheritability.None);
    private readonly List<string> _lines = [];
    private readonly Task _copying;

    /// <param name="output">Where it is shown.</param>
    public SshLog(NamedOutput output)
    {
        FileName = string.Create(
            CultureInfo.InvariantCulture,
            $"/proc/{Environment.ProcessId}/fd/{_reading.ClientSafePipeHandle.DangerousGetHandle()}");
        _copying = CopyAsync(output);
    }

    /// <summary>For the option <c>-E</c> of ssh.</summary>
    public string FileName { get; }

    /// <summary>Ends the log, once ssh has ended.</summary>
    /// <returns>Its last line that is not empty; null when ssh had nothing to say.</returns>
    public async Task<string?> EndAsync()
    {
        _reading.DisposeLocalCopyOfClientHandle();
        await _copying.ConfigureAwait(false);
        return _lines.LastOrDefault();
    }

    public void Dispose() => _reading.Dispose();

    private async Task CopyAsync(NamedOutput output)
    {
        using var reader = new StreamReader(_reading, leaveOpen: true);
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (line.Trim() is { Length: > 0 } text)
            {
                _lines.Add(text);
                output.Write(Encoding.UTF8.GetBytes(text + "\n"));
            }
        }
    }
}
