using System.Diagnostics;

namespace Compeer.EndToEnd.Harness;

/// <summary>A user of the machine for one test; gone afterwards. Tests that need one need root.</summary>
internal sealed class TestUser : IDisposable
{
    private readonly bool _isOurs;

    private TestUser(string name, bool isOurs)
    {
        Name = name;
        _isOurs = isOurs;
    }

    public string Name { get; }

    /// <summary>Makes a user of this name, or takes the one that is there.</summary>
    public static TestUser Take(string name)
    {
        Assert.True(Environment.IsPrivilegedProcess, "this test makes a user of the machine: run it as root");
        if (Run("id", name) == 0)
        {
            return new TestUser(name, isOurs: false);
        }

        Assert.Equal(0, Run("useradd", "--system", "--no-create-home", "--user-group", name));
        return new TestUser(name, isOurs: true);
    }

    /// <summary>Gives a file, or a folder with all in it, to the user.</summary>
    public void Give(string path, bool recursive) =>
        Assert.Equal(0, recursive ? Run("chown", "-R", $"{Name}:", path) : Run("chown", $"{Name}:", path));

    public void Dispose()
    {
        if (_isOurs)
        {
            Run("userdel", Name);
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
