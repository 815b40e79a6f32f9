using Compeer.Configuration.Text;

namespace Compeer.Daemon.Configuration;

/// <summary>Where the object files of a configuration are read from: the disk, or what is to be put there.</summary>
internal interface IConfigurationFiles
{
    /// <summary>One file; null when it cannot be read, which is a finding.</summary>
    public SourceFile? Read(string path);

    /// <summary>The object files of a folder and, when <paramref name="recursive"/>, of those in it: names ending in
    /// <c>.cfg</c>, hidden ones left out (as Naemon does), in ordinal order so that every machine reads them alike.</summary>
    public IEnumerable<string> List(string folder, bool recursive);
}
