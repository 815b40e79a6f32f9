using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Compeer.Api;
using Compeer.Cli.Outcome;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;
using Compeer.Platform.Processes;

namespace Compeer.Cli.Daemon;

/// <summary>
/// Prepares, as root, what a daemon without root's rights needs: its variable folder and its key are its own, whoever ran it
/// before, and it can read the configuration. Only what is root's is changed, and everything that is changed is said.
/// </summary>
internal sealed class DaemonFiles(MonitorPaths paths, SystemUser user, Action<string> say)
{
    private const UnixFileMode EnteredByAll = UnixFileMode.OtherExecute;
    private const UnixFileMode ReadByGroup = UnixFileMode.GroupRead;

    private string Name => DaemonUser.NameOf(user);

    /// <exception cref="MonException">Something cannot be prepared; the message says what to do.</exception>
    public void Prepare()
    {
        try
        {
            Directory.CreateDirectory(paths.VariableFolder);
            Directory.CreateDirectory(paths.MerlinFolder);
            CheckTheWayTo(paths.Prefix);
            LetRead([paths.Prefix, Path.GetDirectoryName(paths.MerlinFolder)!], "its folders");
            Give(paths.VariableFolder);
            Give(paths.MerlinFolder);
            LetRead(Everything(paths.ConfigurationFolder), paths.ConfigurationFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MonException($"what mond needs cannot be prepared for the user {Name}: {SystemError.Words(e)}");
        }
    }

    /// <summary>Folders above the tree are not ours to change.</summary>
    private void CheckTheWayTo(string folder)
    {
        for (var above = Path.GetDirectoryName(folder); above is not null; above = Path.GetDirectoryName(above))
        {
            if ((File.GetUnixFileMode(above) & EnteredByAll) == 0 && FileOwner.Of(above) is { User: 0, Group: 0 })
            {
                throw new MonException(
                    $"mond is to run as the user {Name}, who cannot enter {above}; let others in (chmod o+x {above})");
            }
        }
    }

    /// <summary>Gives what root has in a folder to the user, and follows no link: by chown(1), which walks a tree without being
    /// led out of it by somebody who changes it meanwhile.</summary>
    private void Give(string folder)
    {
        var start = new ProcessStartInfo("chown") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-c", "-R", "-P", "-h", "--from=0", $"{user.Id}:{user.Group}", "--", folder])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start) ?? throw new MonException("chown cannot be started");
            var errors = process.StandardError.ReadToEndAsync();
            var changed = 0;
            while (process.StandardOutput.ReadLine() is not null)
            {
                changed++;
            }

            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                var reason = errors.GetAwaiter().GetResult().Split('\n')[0];
                throw new MonException($"{folder} cannot be given to the user {Name}: {reason}");
            }

            if (changed > 0)
            {
                say($"gave {folder} to the user {Name} ({Count(changed)} had been root's)");
            }
        }
        catch (Win32Exception e)
        {
            throw new MonException($"chown cannot be started: {SystemError.Words(e)}");
        }
    }

    /// <summary>Lets the user's group read what is root's alone.</summary>
    private void LetRead(IEnumerable<string> entries, string what)
    {
        var changed = 0;
        foreach (var entry in entries)
        {
            var isFolder = Directory.Exists(entry);
            var needed = isFolder ? UnixFileMode.OtherRead | UnixFileMode.OtherExecute : UnixFileMode.OtherRead;
            var mode = File.GetUnixFileMode(entry);
            if ((mode & needed) == needed || FileOwner.Of(entry) is not { User: 0, Group: 0 })
            {
                continue;
            }

            // The prefix may be a link.
            if (!new FileOwner(0, user.Group).TryGive(File.ResolveLinkTarget(entry, returnFinalTarget: true)?.FullName ?? entry))
            {
                throw new MonException($"{entry} cannot be made readable for the user {Name}");
            }

            File.SetUnixFileMode(entry, mode | ReadByGroup | (isFolder ? UnixFileMode.GroupExecute : 0));
            changed++;
        }

        if (changed > 0)
        {
            say($"made {what} readable for the group of the user {Name} ({Count(changed)} had been readable for root only)");
        }
    }

    /// <summary>A folder and all in it, without what links lead to.</summary>
    private static IEnumerable<string> Everything(string folder)
    {
        var waiting = new Queue<string>();
        if (Directory.Exists(folder))
        {
            waiting.Enqueue(folder);
        }

        while (waiting.TryDequeue(out var next))
        {
            yield return next;
            foreach (var entry in Directory.EnumerateFileSystemEntries(next))
            {
                var attributes = File.GetAttributes(entry);
                if (attributes.HasFlag(FileAttributes.ReparsePoint))
                {
                    continue;
                }

                if (attributes.HasFlag(FileAttributes.Directory))
                {
                    waiting.Enqueue(entry);
                }
                else
                {
                    yield return entry;
                }
            }
        }
    }

    private static string Count(int changed) =>
        changed == 1 ? "1 of its files" : string.Create(CultureInfo.InvariantCulture, $"{changed} of its files");
}
