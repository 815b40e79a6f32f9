using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Compeer.Cli.Outcome;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Cli.Keys;

/// <summary>
/// The ssh files of the user that this process acts as. Only what is missing is added, at the end of a file; what is there
/// stays, byte for byte. Everything may be done again, and be ended at any moment.
/// </summary>
/// <param name="user">Login name.</param>
/// <param name="home">Home folder, as sshd looks for it: of the user database, whatever the environment says.</param>
/// <param name="machine">What the machine calls itself, for the name of a new key.</param>
internal sealed class SshAccount(string user, string home, string machine)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ForOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const int LargestFile = 16 << 20;

    /// <summary>Existing keys, the best first; the first is made when there is none.</summary>
    private static readonly string[] KeyNames = ["id_ed25519", "id_ecdsa", "id_rsa"];

    private readonly List<KeyLine> _said = [];

    private string Folder => home.TrimEnd('/') + "/.ssh";

    /// <summary>Does what is asked.</summary>
    /// <returns>The user's key, when that was asked for, and what was done or could not be.</returns>
    public ImmutableArray<KeyLine> Do(AccountTask task)
    {
        _said.Clear();
        try
        {
            MakeFolder();
            if (task.NeedsKey)
            {
                _said.Add(new KeyLine(KeyVerb.Key, OwnKey().ToString()));
            }

            Authorize(task.Authorize);
            task.Known.ToList().ForEach(Know);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failed($"{Folder}: {SystemError.Words(e)}");
        }
        catch (MonException e)
        {
            Failed(e.Message);
        }

        return [.. _said];
    }

    private void Did(string what) => _said.Add(new KeyLine(KeyVerb.Did, what));

    private void Failed(string what) => _said.Add(new KeyLine(KeyVerb.Failed, $"{user}: {what}"));

    private void MakeFolder()
    {
        if (!Directory.Exists(Folder))
        {
            Directory.CreateDirectory(Folder, OwnerOnly | UnixFileMode.UserExecute);
        }

        // sshd heeds no keys in a folder that others can write to.
        var mode = File.GetUnixFileMode(Folder);
        if ((mode & ForOthers) != 0)
        {
            File.SetUnixFileMode(Folder, mode & ~ForOthers);
            Did($"took the right to write to {Folder} from others");
        }
    }

    private void Authorize(ImmutableArray<PublicSshKey> keys)
    {
        var file = Folder + "/authorized_keys";
        foreach (var key in keys)
        {
            var added = Append(file, content => AuthorizedKeys.Missing(content, [key]));
            Did(added ? $"installed the key {key.Name} for {user}" : $"the key {key.Name} was already installed for {user}");
        }
    }

    private void Know(KnownHost host)
    {
        string? other = null;
        var added = Append(Folder + "/known_hosts", content =>
        {
            other = KnownHosts.Find(content, host);
            return other is null ? KnownHosts.Line(content, host) : "";
        });
        if (added)
        {
            Did($"{host.Name} is known to {user} now ({host.Key.Type})");
        }
        else if (other != host.Key.Blob)
        {
            Failed(
                $"{host.Name} has another host key ({host.Key.Type}) in {Folder}/known_hosts than it shows; if that is right, "
                + $"remove the old one: ssh-keygen -R {host.Name} -f {Folder}/known_hosts");
        }
    }

    /// <summary>Adds to a file's end, under the folder's lock, in one piece that is on the disk when this returns.</summary>
    private bool Append(string file, Func<string, string> missing)
    {
        using var open = OpenFolder.TryOpen(Folder, out var problem) ?? throw new MonException(problem);
        open.TryLock();
        var content = File.Exists(file)
            ? new FileInfo(file).Length <= LargestFile
                ? File.ReadAllText(file, Encoding.Latin1)
                : throw new MonException($"{file} is too large")
            : "";
        var text = missing(content);
        if (text.Length > 0)
        {
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
            using var stream = new FileStream(file, options);
            stream.Write(Encoding.Latin1.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        // As for the folder.
        var mode = File.Exists(file) ? File.GetUnixFileMode(file) : 0;
        if ((mode & ForOthers) != 0)
        {
            File.SetUnixFileMode(file, mode & ~ForOthers);
            Did($"took the right to write to {file} from others");
        }

        return text.Length > 0;
    }

    private PublicSshKey OwnKey()
    {
        var name = KeyNames.FirstOrDefault(name => File.Exists($"{Folder}/{name}"));
        if (name is null)
        {
            var file = $"{Folder}/{KeyNames[0]}";
            Keygen("-q", "-t", "ed25519", "-N", "", "-C", $"{user}@{machine}", "-f", file);
            Did($"made a key for {user}: {file}");
            name = KeyNames[0];
        }

        // A public half may be missing: lost, or not written yet when ssh-keygen was ended.
        var half = $"{Folder}/{name}.pub";
        var line = File.Exists(half) ? File.ReadAllText(half) : "";
        if (PublicSshKey.Parse(line) is null)
        {
            line = Keygen("-y", "-P", "", "-f", $"{Folder}/{name}").Trim();
            line = line.Split(' ').Length > 2 ? line : $"{line} {user}@{machine}";
            File.WriteAllText(half, line + "\n");
            Did($"wrote {half}, which was missing");
        }

        return PublicSshKey.Parse(line) ?? throw new MonException($"{half} does not hold a public key");
    }

    private static string Keygen(params string[] arguments)
    {
        var start = new ProcessStartInfo("ssh-keygen", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start) ?? throw new MonException("ssh-keygen cannot be started");
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? output
                : throw new MonException($"ssh-keygen: {error.GetAwaiter().GetResult().Trim().Split('\n')[^1]}");
        }
        catch (Win32Exception e)
        {
            throw new MonException($"ssh-keygen cannot be started: {SystemError.Words(e)}");
        }
    }
}
