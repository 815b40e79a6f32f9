using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Expansion;
using Compeer.Configuration.Objects.Interning;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Objects.Templates;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Building;

/// <summary>Builds the commands and the calls of them.</summary>
internal sealed class CommandBuilder
{
    /// <summary>As many as there are <c>$ARGn$</c> macros.</summary>
    public const int MostArguments = 32;

    private const byte Separator = (byte)'!';

    private readonly CompilationContext _context;
    private readonly TextCache _arguments = new();
    private readonly NamedObjects _names;
    private readonly CommandDefinition[] _definitions;
    private readonly Dictionary<int, CommandCall?> _calls = [];

    public CommandBuilder(CompilationContext context)
    {
        _context = context;
        _names = new NamedObjects(context, ObjectType.Command, Directive.CommandName);
        _definitions = new CommandDefinition[_names.Count];
        var resolved = new ResolvedObject();
        for (var i = 0; i < _names.Count; i++)
        {
            var raw = _names.Raw(i);
            context.Resolver.Resolve(raw, resolved);
            var line = context.Text(resolved[Directive.CommandLine]);
            if (string.IsNullOrEmpty(line) && !context.Resolver.IsIncomplete(raw))
            {
                context.Error(raw, "has no command_line");
            }

            _definitions[i] = new CommandDefinition(_names.Name(i), line ?? "", context.Raw.Position(raw));
        }
    }

    public ImmutableArray<CommandDefinition> Definitions => [.. _definitions];

    /// <summary>Looks for the commands that the main configuration names, as <c>naemon -v</c> does: those of handlers must be there;
    /// without those of performance data there is only none.</summary>
    public void CheckMain()
    {
        foreach (var command in _context.Main.Commands)
        {
            var name = command.Call.Split((char)Separator)[0];
            if (_names.Find(_context.Atoms.Find(ConfigurationText.Encode(name))) >= 0)
            {
                continue;
            }

            var message = $"{command.Variable}: there is no command '{name}'{_context.Diagnostics.Suggest(name, _names.Names)}";
            if (command.IsRequired)
            {
                _context.Diagnostics.Error(command.Position, message);
            }
            else
            {
                _context.Diagnostics.Warning(command.Position, message);
            }
        }
    }

    /// <summary>The call in a directive of an object, as in <c>check_ping!100,20%!500,60%</c>; null when there is none or
    /// it names no command, which is reported.</summary>
    public CommandCall? Call(RawId raw, Directive directive, Atom value)
    {
        if (!value.IsValue)
        {
            return null;
        }

        if (!_calls.TryGetValue(value.Number, out var call))
        {
            call = Create(raw, directive, value);
            _calls[value.Number] = call;
        }

        if (call is null)
        {
            ReportUnknown(raw, directive, value);
        }

        return call;
    }

    private CommandCall? Create(RawId raw, Directive directive, Atom value)
    {
        var text = _context.Atoms.Bytes(value);
        var name = NameIn(text);
        var index = _names.Find(_context.Atoms.Find(name));
        if (index < 0)
        {
            return null;
        }

        if (name.Length == text.Length)
        {
            return new CommandCall(_definitions[index], []);
        }

        var arguments = Arguments(text[(name.Length + 1)..], out var count);
        if (count > MostArguments)
        {
            _context.Warning(raw, directive, $"only the first {MostArguments} of {count} arguments are used");
        }

        return new CommandCall(_definitions[index], arguments);
    }

    /// <summary>The text before the first <c>!</c>.</summary>
    private static ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf(Separator);
        return end < 0 ? text : text[..end];
    }

    /// <summary>What stands between <c>!</c>, <c>\!</c> standing for itself.</summary>
    private ImmutableArray<string> Arguments(ReadOnlySpan<byte> text, out int count)
    {
        count = 1;
        for (var i = 0; i < text.Length; i++)
        {
            count += IsSeparator(text, i) ? 1 : 0;
        }

        var arguments = new string[Math.Min(count, MostArguments)];
        for (var i = 0; i < arguments.Length; i++)
        {
            var end = 0;
            while (end < text.Length && !IsSeparator(text, end))
            {
                end++;
            }

            arguments[i] = Argument(text[..end]);
            text = text[Math.Min(end + 1, text.Length)..];
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(arguments);
    }

    private string Argument(ReadOnlySpan<byte> text) => text.IndexOf("\\!"u8) < 0
        ? _arguments.Get(text)
        : ConfigurationText.Decode(text).Replace("\\!", "!", StringComparison.Ordinal);

    private static bool IsSeparator(ReadOnlySpan<byte> text, int index) =>
        text[index] == Separator && (index == 0 || text[index - 1] != (byte)'\\');

    private void ReportUnknown(RawId raw, Directive directive, Atom value)
    {
        var name = ConfigurationText.Decode(NameIn(_context.Atoms.Bytes(value)));
        if (name.Length == 0)
        {
            _context.Error(raw, directive, "is empty; write 'null' for none");
        }
        else
        {
            _context.Unknown(raw, directive, "command", name, _names);
        }
    }
}
