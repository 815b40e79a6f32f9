using System.Text.Json;
using Compeer.EndToEnd.Hosts;

namespace Compeer.EndToEnd.Packaging;

/// <summary>What <c>packaging/Containerfile</c> does, carried out on a host instead of by a container engine.</summary>
/// <param name="Copies">Patterns of files in the build's folder, and where they go.</param>
/// <param name="Runs">Lines of shell.</param>
/// <param name="Entry">What a container runs.</param>
/// <param name="Health">What tells whether it is well.</param>
internal sealed record ContainerFile(
    IReadOnlyList<(string From, string To)> Copies, IReadOnlyList<string> Runs, string[] Entry, string[] Health)
{
    /// <summary>Reads it; an instruction that this does not know fails the test, which would not be about the file otherwise.</summary>
    public static ContainerFile Read(string file)
    {
        var copies = new List<(string, string)>();
        var runs = new List<string>();
        string[] entry = [];
        string[] health = [];
        foreach (var line in File.ReadAllText(file).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var rest = line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];
            switch (line.Split(' ')[0])
            {
                case "FROM":
                    Assert.StartsWith("docker.io/library/debian:", rest, StringComparison.Ordinal);
                    break;
                case "COPY":
                    copies.Add((rest.Split(' ')[0], rest.Split(' ')[1]));
                    break;
                case "RUN":
                    runs.Add(rest);
                    break;
                case "ENTRYPOINT":
                    entry = JsonSerializer.Deserialize<string[]>(rest)!;
                    break;
                case "HEALTHCHECK":
                    health = JsonSerializer.Deserialize<string[]>(rest["CMD ".Length..])!;
                    break;
                case "VOLUME" or "EXPOSE":
                    break;
                default:
                    Assert.Fail($"what does this do? {line}");
                    break;
            }
        }

        return new ContainerFile(copies, runs, entry, health);
    }

    /// <summary>Builds what the file says on a host that is like the image it begins from.</summary>
    /// <param name="context">The folder whose files are copied.</param>
    /// <param name="host">Where.</param>
    public async Task BuildAsync(string context, Host host)
    {
        // The image has this, so that nothing is started while it is built.
        await File.WriteAllTextAsync(host.File("/usr/sbin/policy-rc.d"), "#!/bin/sh\nexit 101\n");
        (await host.ShellAsync("chmod 755 /usr/sbin/policy-rc.d")).Expect(0);
        foreach ((var from, var to) in Copies)
        {
            var files = Directory.GetFiles(context, from);
            Assert.NotEmpty(files);
            foreach (var file in files)
            {
                var target = host.File(to.EndsWith('/') ? to + Path.GetFileName(file) : to);
                File.Copy(file, target);
                File.SetUnixFileMode(target, File.GetUnixFileMode(file));
            }
        }

        foreach (var line in Runs)
        {
            (await host.ShellAsync(line)).Expect(0);
        }
    }
}
