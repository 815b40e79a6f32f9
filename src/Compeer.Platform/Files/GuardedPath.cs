using Compeer.Platform.Processes;

namespace Compeer.Platform.Files;

/// <summary>
/// Where a path leads to when somebody is going to write there. Links are followed one by one, in every part of the path, and each is
/// looked at: who made it decides where this process writes, and may do so only who could write there anyway. That is root, this
/// process' own user, and whose the target or the folder is in which that is. The folder is held open: what is put in the place of a part
/// of the path afterwards leads nowhere.
/// </summary>
public sealed class GuardedPath : IDisposable
{
    /// <summary>Links that are followed on the way (MAXSYMLINKS).</summary>
    private const int MostLinks = 40;

    private readonly string _path;
    private readonly bool _makesFolders;
    private readonly List<(string Path, string Target, uint Maker)> _links = [];
    private readonly List<string> _names = [];
    private readonly Stack<string> _ahead = [];

    private GuardedPath(string path, bool makesFolders)
    {
        _path = Path.GetFullPath(path);
        _makesFolders = makesFolders;
        Folder = HeldFolder.OpenRoot();
    }

    /// <summary>The folder in which the target is, or is to be made.</summary>
    public HeldFolder Folder { get; private set; }

    /// <summary>The target's name in <see cref="Folder"/>, which is no link's unless it was not to be followed.</summary>
    public string Name { get; private set; } = "";

    /// <summary>What the target is; null when there is none.</summary>
    public FileDetails? Details { get; private set; }

    /// <summary>How many links were on the way.</summary>
    public int Links => _links.Count;

    /// <summary>The target's path, for people: what is there may be another one by now.</summary>
    public string Target => $"/{string.Join('/', _names.Append(Name))}";

    /// <summary>Follows a path.</summary>
    /// <param name="path">The path; what is relative is so to the current folder.</param>
    /// <param name="makeFolders">Whether folders on the way are made where there are none.</param>
    /// <param name="followLast">Whether the path's last part is followed when it is a link; else the link itself is the target.</param>
    /// <exception cref="IOException">A link on the way was made by somebody who has no say in it, the links lead in a circle, or a folder
    /// is not there, cannot be opened or is none.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be made.</exception>
    public static GuardedPath Open(string path, bool makeFolders, bool followLast = true)
    {
        var opened = new GuardedPath(path, makeFolders);
        try
        {
            opened.Walk(followLast);
            opened.LookAtMakers();
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Folder.Dispose();

    private void Walk(bool followLast)
    {
        Push(_path);
        while (_ahead.TryPop(out var name))
        {
            var isLast = _ahead.Count == 0;
            if (name == "..")
            {
                Enter(Folder.OpenAbove());
                _names.RemoveRange(Math.Max(_names.Count - 1, 0), Math.Min(_names.Count, 1));
                continue;
            }

            var details = Folder.DetailsOf(name);
            if (details is { Type: FileType.Link } && (followLast || !isLast))
            {
                Follow(name, details.Owner.User);
            }
            else if (isLast)
            {
                (Name, Details) = (name, details);
            }
            else
            {
                if (details is null && _makesFolders)
                {
                    Directory.CreateDirectory(Folder.PathOf(name));
                }

                Enter(Folder.OpenWay(name));
                _names.Add(name);
            }
        }

        if (Name.Length == 0)
        {
            throw new IOException($"{_path} leads to no file");
        }
    }

    private void Follow(string name, uint maker)
    {
        var target = new FileInfo(Folder.PathOf(name)).LinkTarget ?? throw new IOException($"{_path} is being changed");
        _links.Add(($"/{string.Join('/', _names.Append(name))}", target, maker));
        if (_links.Count > MostLinks)
        {
            throw new IOException($"{_path} is a link that leads to itself");
        }

        if (target.StartsWith('/'))
        {
            Enter(HeldFolder.OpenRoot());
            _names.Clear();
        }

        Push(target);
    }

    private void Push(string path)
    {
        foreach (var part in path.Split('/').Reverse().Where(part => part is not ("" or ".")))
        {
            _ahead.Push(part);
        }
    }

    private void Enter(HeldFolder next)
    {
        Folder.Dispose();
        Folder = next;
    }

    private void LookAtMakers()
    {
        uint?[] users = [0, SystemUser.EffectiveId, Details?.Owner.User, Folder.Details?.Owner.User];
        if (_links.Find(link => !users.Contains(link.Maker)) is { Path: { } path, Target: var target })
        {
            throw new IOException($"{path} is a link to {target}, made by a user whom {Target} does not belong to");
        }
    }
}
