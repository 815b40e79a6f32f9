using System.Collections.Immutable;
using System.Text;
using Compeer.Objects.Definitions;
using Compeer.Objects.Diagnostics;
using Compeer.Objects.Syntax;
using Compeer.Objects.Templates;

namespace Compeer.Objects.Compilation;

/// <summary>Builds the commands and the calls of them.</summary>
internal sealed class CommandBuilder
{
    /// <summary>As many as there are <c>$ARGn$</c> macros.</summary>
    public const int MostArguments = 32;

    private static readonly (string Variable, bool IsRequired)[] MainCommands =
    [
        ("global_host_event_handler", true),
        ("global_service_event_handler", true),
        ("global_host_notification_handler", true),
        ("global_service_notification_handler", true),
        ("ocsp_command", true),
        ("ochp_command", true),
        ("host_perfdata_command", false),
        ("service_perfdata_command", false),
        ("host_perfdata_file_processing_command", false),
        ("service_perfdata_file_processing_command", false),
    ];

    private readonly CompilationContext _context;
    private readonly NamedObjects _names;
    private readonly CommandDefinition[] _definitions;
    private readonly Dictionary<int, CommandCall?> _calls = [];

    public CommandBuilder(CompilationContext context)
    {
        _context = context;
        _names = new NamedObjects(context, ObjectType.Command, Directive.CommandName);
        _definitions = new CommandDefinition[_names.Count];
        var resolved = new ResolvedObject();
        for (int i = 0; i < _names.Count; i++)
        {
            int raw = _names.Raw(i);
            context.Resolver.Resolve(raw, resolved);
            string? line = context.Text(resolved[Directive.CommandLine]);
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
        foreach ((string variable, bool isRequired) in MainCommands)
        {
            if (!_context.Main.Values.TryGetValue(variable, out string? text) || text.Length == 0
                || !_context.Main.Positions.TryGetValue(variable, out SourcePosition position))
            {
                continue;
            }

            string name = Split(text, out _)[0];
            if (_names.Find(_context.Atoms.Find(ConfigurationText.Encode(name))) >= 0)
            {
                continue;
            }

            string message = $"{variable}: there is no command '{name}'{_context.Diagnostics.Suggest(name, _names.Names)}";
            if (isRequired)
            {
                _context.Diagnostics.Error(position, message);
            }
            else
            {
                _context.Diagnostics.Warning(position, message);
            }
        }
    }

    /// <summary>The call in a directive of an object, as in <c>check_ping!100,20%!500,60%</c>; null when there is none or
    /// it names no command, which is reported.</summary>
    public CommandCall? Call(int raw, Directive directive, int value)
    {
        if (value < 0)
        {
            return null;
        }

        if (!_calls.TryGetValue(value, out CommandCall? call))
        {
            call = Create(raw, directive, value);
            _calls[value] = call;
        }

        if (call is null)
        {
            ReportUnknown(raw, directive, value);
        }

        return call;
    }

    /// <summary>The text before the first <c>!</c>; arguments follow, <c>\!</c> standing for itself in them.</summary>
    private static List<string> Split(string text, out int arguments)
    {
        int nameEnd = text.IndexOf('!', StringComparison.Ordinal);
        var parts = new List<string> { nameEnd < 0 ? text : text[..nameEnd] };
        arguments = 0;
        if (nameEnd < 0)
        {
            return parts;
        }

        var argument = new StringBuilder();
        for (int i = nameEnd + 1; i < text.Length; i++)
        {
            if (text[i] == '!')
            {
                arguments++;
                End();
                continue;
            }

            bool escapes = text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '!';
            argument.Append(text[escapes ? ++i : i]);
        }

        arguments++;
        End();
        return parts;

        void End()
        {
            // Those that no macro can name are counted only.
            if (parts.Count <= MostArguments)
            {
                parts.Add(argument.ToString());
            }

            argument.Clear();
        }
    }

    private CommandCall? Create(int raw, Directive directive, int value)
    {
        List<string> parts = Split(_context.Atoms.Text(value), out int arguments);
        int index = _names.Find(_context.Atoms.Find(ConfigurationText.Encode(parts[0])));
        if (index < 0)
        {
            return null;
        }

        if (arguments > MostArguments)
        {
            _context.Warning(raw, directive, $"only the first {MostArguments} of {arguments} arguments are used");
        }

        return new CommandCall(_definitions[index], [.. parts.Skip(1)]);
    }

    private void ReportUnknown(int raw, Directive directive, int value)
    {
        string name = Split(_context.Atoms.Text(value), out _)[0];
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
