using System.Collections.Immutable;
using System.Text;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Retained;

/// <summary>
/// Cuts a <c>retention.dat</c> of Naemon, Nagios or op5 into its blocks as its bytes come. A file that is torn, or that is no such
/// file, has a <see cref="Problem"/>; what its blocks mean is not looked at.
/// </summary>
public sealed class RetainedFileReader
{
    /// <summary>Longest line, bytes: more than a plugin's output with everything in it escaped.</summary>
    public const int LongestLine = 1 << 20;

    /// <summary>Most keys of a block.</summary>
    public const int MostKeys = 4096;

    /// <summary>Most bytes of a block.</summary>
    public const int LargestBlock = 8 << 20;

    private readonly List<byte> _part = [];
    private ImmutableArray<KeyValuePair<string, string>>.Builder? _values;
    private string _type = "";
    private int _began;
    private int _line;
    private int _blocks;
    private int _blockBytes;

    /// <summary>What is wrong, with the line; null when nothing is. Nothing more is read then.</summary>
    public (int Line, string Text)? Problem { get; private set; }

    /// <summary>The next bytes.</summary>
    /// <param name="bytes">As many as there are.</param>
    /// <param name="blocks">Takes the blocks that end in them.</param>
    public void Feed(ReadOnlySpan<byte> bytes, List<RetainedBlock> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        while (Problem is null && bytes.IndexOf((byte)'\n') is var end and >= 0)
        {
            if (_part.Count == 0)
            {
                Take(bytes[..end], blocks);
            }
            else
            {
                _part.AddRange(bytes[..end]);
                Take(_part.ToArray(), blocks);
                _part.Clear();
            }

            bytes = bytes[(end + 1)..];
        }

        if (Problem is null && _part.Count + bytes.Length > LongestLine)
        {
            Problem = (_line + 1, $"a line of more than {LongestLine} bytes");
        }

        if (Problem is null)
        {
            _part.AddRange(bytes);
        }
    }

    /// <summary>No more bytes come.</summary>
    public void End(List<RetainedBlock> blocks)
    {
        if (_part.Count > 0)
        {
            Feed("\n"u8, blocks);
        }

        Problem ??= _values is not null ? (_began, $"the file ends within the block '{_type}' that begins here; it is torn")
            : _blocks == 0 ? (Math.Max(1, _line), "there is no block in it; it is no retention.dat")
            : null;
    }

    private void Take(ReadOnlySpan<byte> line, List<RetainedBlock> blocks)
    {
        _line++;
        line = line.Trim(" \t\r"u8);
        if (line.Length > LongestLine)
        {
            Problem = (_line, $"a line of more than {LongestLine} bytes");
        }
        else if (_values is null)
        {
            Begin(line);
        }
        else if ((_blockBytes += line.Length) > LargestBlock)
        {
            Problem = (_line, $"more than {LargestBlock} bytes in the block '{_type}' that begins in line {_began}");
        }
        else if (line.SequenceEqual("}"u8))
        {
            blocks.Add(new RetainedBlock(_type, _began, _values.DrainToImmutable()));
            _values = null;
        }
        else if (line.IndexOf((byte)'=') is var sign and > 0 && _values.Count < MostKeys)
        {
            _values.Add(new(ConfigurationText.Decode(line[..sign]), ConfigurationText.Decode(line[(sign + 1)..])));
        }
        else if (!line.IsEmpty)
        {
            Problem = (_line, _values.Count < MostKeys
                ? $"no key and value in the block '{_type}' that begins in line {_began}"
                : $"more than {MostKeys} keys in the block '{_type}' that begins in line {_began}");
        }
    }

    private void Begin(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line[0] == (byte)'#')
        {
            return;
        }

        if (!line.EndsWith(" {"u8) || line.Length > 64 || !Ascii.IsValid(line))
        {
            Problem = (_line, "no block begins here, and no comment is here");
            return;
        }

        _type = Encoding.ASCII.GetString(line[..^2]);
        _began = _line;
        _blockBytes = 0;
        _blocks++;
        _values = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
    }
}
