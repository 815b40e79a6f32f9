using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Versions;

/// <summary>
/// What a configuration consists of, as far as peers must have the same: the object files by their content, and the variables of
/// the main configuration that change what objects mean. Resource files are no part of it: they have secrets and the
/// paths of one machine. Two configurations with the same <see cref="Hash"/> are the same.
/// </summary>
/// <remarks>
/// As bytes: lines of UTF-8 (see <see cref="ConfigurationText"/>), the first of them <c>compeer configuration 1</c>, then
/// <c>variable NAME VALUE</c>, then <c>file BYTES SHA256 NAME</c>, in the order below. The same manifest is always the same bytes.
/// </remarks>
public sealed class ConfigurationManifest
{
    /// <summary>The longest encoding that is read, bytes.</summary>
    public const int MaxBytes = 32 << 20;

    /// <summary>The most files.</summary>
    public const int MaxFiles = 200_000;

    /// <summary>The length of a hash, characters.</summary>
    public const int HashLength = 64;

    private const string FolderItself = ".";
    private const string FirstLine = "compeer configuration 1";
    private const string FilesVariable = "cfg_file";
    private const string FoldersVariable = "cfg_dir";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private ConfigurationManifest(ImmutableArray<ManifestLine> variables, ImmutableArray<ManifestFile> files)
    {
        Variables = variables;
        Files = files;
        Hash = HashOf(Encode());
    }

    /// <summary>The variables that are not as by default, in the order of names, then each <c>cfg_file</c> and each <c>cfg_dir</c>
    /// in the order of the main file.</summary>
    public ImmutableArray<ManifestLine> Variables { get; }

    /// <summary>The object files, in ordinal order of their names.</summary>
    public ImmutableArray<ManifestFile> Files { get; }

    /// <summary>SHA-256 of <see cref="Encode"/>, 64 lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>The manifest of a configuration that was read.</summary>
    /// <param name="main">Its main configuration.</param>
    /// <param name="files">All its object files.</param>
    public static ConfigurationManifest Of(MainConfiguration main, IEnumerable<SourceFile> files)
    {
        ArgumentNullException.ThrowIfNull(main);
        var folder = ConfigurationPath.FolderOf(main.Path);
        return new ConfigurationManifest(
            [
                .. SharedVariables.Of(main),
                .. main.ObjectFiles.Reverse().Select(path => new ManifestLine(FilesVariable, NameOf(path, folder))),
                .. main.ObjectDirectories.Reverse().Select(path => new ManifestLine(FoldersVariable, NameOf(path, folder))),
            ],
            [
                .. files.Select(file => new ManifestFile(NameOf(file.Path, folder), file.Content.Length, HashOf(file.Content.Span)))
                    .OrderBy(file => file.Name, StringComparer.Ordinal),
            ]);
    }

    /// <summary>The name of the content of a file or manifest: SHA-256, 64 lower-case hexadecimal digits.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Whether a text can be what <see cref="HashOf"/> gives.</summary>
    public static bool IsHash(string text) =>
        text is { Length: HashLength } && !text.AsSpan().ContainsAnyExcept(HexDigits);

    /// <summary>Its bytes.</summary>
    public byte[] Encode()
    {
        var text = new ArrayBufferWriter<byte>();
        Write(text, FirstLine);
        foreach (var variable in Variables)
        {
            Write(text, $"variable {variable.Name} {variable.Value}");
        }

        foreach (var file in Files)
        {
            Write(text, string.Create(CultureInfo.InvariantCulture, $"file {file.Bytes} {file.Hash} {file.Name}"));
        }

        return text.WrittenSpan.ToArray();
    }

    /// <summary>Reads a manifest that may come from anywhere: what is not exactly what a manifest has is refused.</summary>
    public static ManifestReading Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return Refused($"it has {bytes.Length} bytes; at most {MaxBytes} are allowed");
        }

        var variables = ImmutableArray.CreateBuilder<ManifestLine>();
        var files = ImmutableArray.CreateBuilder<ManifestFile>();
        var number = 0;
        foreach (var range in bytes.Split((byte)'\n'))
        {
            number++;
            var line = ConfigurationText.Decode(bytes[range]);
            var isLast = range.End.GetOffset(bytes.Length) == bytes.Length;
            var problem = number == 1 && line != FirstLine ? "it is no manifest, or one of a later version"
                : number == 1 || (isLast && line.Length == 0) ? ""
                : line.Split(' ') switch
                {
                    ["variable", ..] => AddVariable(variables, line),
                    ["file", ..] => AddFile(files, line),
                    _ => "it is neither a variable nor a file",
                };
            if (problem.Length > 0)
            {
                return Refused($"line {number}: {problem}");
            }
        }

        var manifest = new ConfigurationManifest(variables.DrainToImmutable(), files.DrainToImmutable());
        return manifest.Hash == HashOf(bytes)
            ? new ManifestReading(manifest, "")
            : Refused("it is not written as a manifest is");
    }

    private static string AddVariable(ImmutableArray<ManifestLine>.Builder variables, string line)
    {
        var parts = line.Split(' ', 3);
        if (parts.Length < 3)
        {
            return "a variable without a value";
        }

        var isPath = parts[1] is FilesVariable or FoldersVariable;
        if (!isPath && !SharedVariables.Names.Contains(parts[1]))
        {
            return $"the variable '{parts[1]}' is not one that peers share, or one of a later version";
        }

        var isFolderItself = parts[1] == FoldersVariable && parts[2] == FolderItself;
        if (isPath && !isFolderItself && ManifestNames.Problem(parts[2]) is { Length: > 0 } problem)
        {
            return $"the path '{parts[2]}' {problem}";
        }

        variables.Add(new ManifestLine(parts[1], parts[2]));
        return "";
    }

    private static string AddFile(ImmutableArray<ManifestFile>.Builder files, string line)
    {
        var parts = line.Split(' ', 4);
        if (parts.Length < 4 || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            || !IsHash(parts[2]))
        {
            return "a file without length, hash and name";
        }

        if (files.Count == MaxFiles)
        {
            return $"more than {MaxFiles} files";
        }

        if (ManifestNames.Problem(parts[3]) is { Length: > 0 } problem)
        {
            return $"the file '{parts[3]}' {problem}";
        }

        if (files.Count > 0 && string.CompareOrdinal(files[^1].Name, parts[3]) >= 0)
        {
            return $"the file '{parts[3]}' is out of order";
        }

        files.Add(new ManifestFile(parts[3], bytes, parts[2]));
        return "";
    }

    private static string NameOf(string path, string folder)
    {
        var prefix = folder.EndsWith('/') ? folder : folder + "/";
        return path == folder ? FolderItself : path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : path;
    }

    private static void Write(ArrayBufferWriter<byte> text, string line)
    {
        text.Write(ConfigurationText.Encode(line));
        text.Write("\n"u8);
    }

    private static ManifestReading Refused(string problem) => new(null, problem);
}
