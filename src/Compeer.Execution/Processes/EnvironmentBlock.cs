using System.Runtime.InteropServices;
using System.Text;

namespace Compeer.Execution.Processes;

/// <summary>Environment variables in the form that a new process takes them, in native memory; immutable, any thread.</summary>
internal sealed unsafe class EnvironmentBlock : IDisposable
{
    private readonly byte** _pointers;
    private readonly byte* _text;

    internal EnvironmentBlock(IReadOnlyDictionary<string, string> variables)
    {
        var text = new List<byte>();
        var starts = new List<int>();
        var path = Encoding.UTF8.GetBytes(PluginEnvironment.DefaultPath);
        foreach ((var name, var value) in variables)
        {
            if (name.Length == 0 || name.Contains('=') || name.Contains('\0') || value.Contains('\0'))
            {
                throw new ArgumentException(
                    $"the environment variable '{name}' has an empty name, '=' in its name, or a NUL", nameof(variables));
            }

            starts.Add(text.Count);
            text.AddRange(Encoding.UTF8.GetBytes($"{name}={value}"));
            text.Add(0);
            path = name == "PATH" ? Encoding.UTF8.GetBytes(value) : path;
        }

        SearchPath = path;
        Count = starts.Count;
        _text = (byte*)NativeMemory.Alloc((nuint)Math.Max(1, text.Count));
        CollectionsMarshal.AsSpan(text).CopyTo(new Span<byte>(_text, text.Count));
        _pointers = (byte**)NativeMemory.Alloc((nuint)((Count + 1) * sizeof(byte*)));
        for (var i = 0; i < Count; i++)
        {
            _pointers[i] = _text + starts[i];
        }

        _pointers[Count] = null;
    }

    internal int Count { get; }

    /// <summary>The value of PATH.</summary>
    internal ReadOnlyMemory<byte> SearchPath { get; }

    /// <summary>The variables, ended by a null pointer.</summary>
    internal byte** Pointers => _pointers;

    /// <summary>Whether two texts <c>NAME=value</c>, ended by NUL, name the same variable.</summary>
    internal static bool SameName(byte* left, byte* right)
    {
        while (*left == *right && *left != '=' && *left != 0)
        {
            left++;
            right++;
        }

        return *left == '=' && *right == '=';
    }

    public void Dispose()
    {
        NativeMemory.Free(_text);
        NativeMemory.Free(_pointers);
    }
}
