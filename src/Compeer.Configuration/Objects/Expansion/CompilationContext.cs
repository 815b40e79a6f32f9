using System.Buffers;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Interning;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Objects.Templates;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Expansion;

/// <summary>What all steps of a compilation share.</summary>
internal sealed class CompilationContext
{
    /// <summary>The longest name of an object, in bytes. Peers know a service by its host's name and its description together.
    /// </summary>
    public const int LongestName = 500;

    /// <summary>Steps that the expansion of all lists may take: some seconds of work.</summary>
    private const long MostSteps = 500_000_000;

    private readonly RawIds[] _byType = new RawIds[ObjectTypeNames.Count];
    private readonly Dictionary<int, Atom[]> _lists = [];
    private readonly SearchValues<char> _illegalCharacters;
    private long _steps;

    public CompilationContext(MainConfiguration main, RawConfiguration raw, DiagnosticCollector diagnostics)
    {
        Main = main;
        Raw = raw;
        Diagnostics = diagnostics;
        Resolver = new TemplateResolver(raw, diagnostics);
        _illegalCharacters = SearchValues.Create(main.IllegalObjectNameCharacters);
        for (var i = 0; i < _byType.Length; i++)
        {
            _byType[i] = new RawIds();
        }

        for (var i = 0; i < raw.Count; i++)
        {
            var id = new RawId(i);
            _byType[(int)raw[id].Type].Add(id);
        }
    }

    public MainConfiguration Main { get; }

    public RawConfiguration Raw { get; }

    public DiagnosticCollector Diagnostics { get; }

    public TemplateResolver Resolver { get; }

    public AtomTable Atoms => Raw.Atoms;

    /// <summary>All objects of a type in the order of files.</summary>
    public RawIds ObjectsOf(ObjectType type) => _byType[(int)type];

    /// <summary>Whether the object itself does not say <c>register 0</c>.</summary>
    public bool IsRegistered(RawId raw) =>
        Raw.Own(raw, Directive.Register) is not { } register || Atoms.Bytes(register.Value)[0] == (byte)'1';

    /// <summary>The items of a comma separated list, blanks around them and a leading <c>+</c> removed.</summary>
    public Atom[] List(Atom atom)
    {
        if (!_lists.TryGetValue(atom.Number, out var items))
        {
            items = Split(atom);
            _lists[atom.Number] = items;
        }

        return items;
    }

    /// <summary>Whether an item of a list is a regular expression (<c>use_regexp_matching</c>).</summary>
    public bool IsPattern(string item) =>
        Main.UseRegexpMatching && NamePattern.IsPattern(item, Main.UseTrueRegexpMatching);

    /// <summary>Counts names that a list was compared with or expanded to. False, with an error once, when the lists of a
    /// configuration lead to too many: patterns for everything on everything, a thousand times over.</summary>
    public bool MaySpend(RawId raw, long steps)
    {
        var wasLeft = _steps <= MostSteps;
        _steps += steps;
        if (wasLeft && _steps > MostSteps)
        {
            Error(raw, $"lists of names lead to more than {MostSteps} names and comparisons in all");
        }

        return _steps <= MostSteps;
    }

    /// <summary>The text of a value; null when it is not set or <c>null</c>.</summary>
    public string? Text(Atom atom) => atom.IsValue ? Atoms.Text(atom) : null;

    /// <summary>Refuses names with characters of <c>illegal_object_name_chars</c> or control characters, as Naemon does, and those
    /// that are too long to travel between peers.</summary>
    public void CheckName(SourcePosition position, string directive, Atom name)
    {
        var length = Atoms.Bytes(name).Length;
        if (length > LongestName)
        {
            Diagnostics.Error(position, $"{directive} has {length} bytes; a name may have at most {LongestName}");
        }

        if (Atoms.Bytes(name).IndexOfAnyInRange((byte)0, (byte)31) >= 0 || Atoms.Bytes(name).Contains((byte)127))
        {
            Diagnostics.Error(position, $"{directive} '{Atoms.Text(name)}' contains a tab or another control character");
        }

        var bad = Atoms.Text(name).AsSpan().IndexOfAny(_illegalCharacters);
        if (bad >= 0)
        {
            Diagnostics.Error(
                position,
                $"{directive} '{Atoms.Text(name)}' contains '{Atoms.Text(name)[bad]}', which illegal_object_name_chars "
                + $"does not allow ({Main.IllegalObjectNameCharacters})");
        }
    }

    /// <summary>An error about a directive of an object, at the line where it stands, be it in a template.</summary>
    public void Error(RawId raw, Directive directive, string message)
    {
        (var position, var text) = Place(raw, directive, message);
        Diagnostics.Error(position, text);
    }

    /// <summary>A warning about a directive of an object, at the line where it stands, be it in a template.</summary>
    public void Warning(RawId raw, Directive directive, string message)
    {
        (var position, var text) = Place(raw, directive, message);
        Diagnostics.Warning(position, text);
    }

    /// <summary>An error about an object as a whole.</summary>
    public void Error(RawId raw, string message) => Diagnostics.Error(Raw.Position(raw), $"{Describe(raw)} {message}");

    /// <summary>A warning about an object as a whole.</summary>
    public void Warning(RawId raw, string message)
    {
        if (!Diagnostics.CountWarningIfFull())
        {
            Diagnostics.Warning(Raw.Position(raw), $"{Describe(raw)} {message}");
        }
    }

    /// <summary>An error about a name that no object has.</summary>
    public void Unknown(RawId raw, Directive directive, string what, string name, NamedObjects objects) =>
        Error(raw, directive, UnknownText(what, name, objects));

    private string UnknownText(string what, string name, NamedObjects objects)
    {
        var atom = Atoms.Find(ConfigurationText.Encode(name));
        var hint = atom.IsValue && objects.IsUnregistered(atom)
            ? "; it has 'register 0'"
            : Diagnostics.Suggest(name, objects.Names);
        return $"there is no {what} '{name}'{hint}";
    }

    /// <summary>As <see cref="Unknown"/> where a regular expression is possible.</summary>
    public void Unmatched(RawId raw, Directive directive, string what, string name, NamedObjects objects) =>
        Error(raw, directive, UnmatchedText(what, name, objects));

    /// <summary>That there is no object of a name, with what was probably meant.</summary>
    public string UnmatchedText(string what, string name, NamedObjects objects) =>
        ExpressionHint(name) is { Length: > 0 } hint
            ? $"there is no {what} '{name}'{hint}"
            : UnknownText(what, name, objects);

    /// <summary>What to say behind a name that was not found and would be a regular expression, were they on.</summary>
    public string ExpressionHint(string name) =>
        Main.UseRegexpMatching || name.StartsWith('+') || !NamePattern.IsPattern(name, always: false)
            ? ""
            : "; it is a regular expression only with use_regexp_matching=1";

    /// <summary>An object as messages name it: <c>host 'web1'</c>, <c>service template 'generic'</c>. One that is a template as
    /// well is named as what it is besides.</summary>
    public string Describe(RawId raw)
    {
        var type = ObjectTypeNames.NameOf(Raw[raw].Type);
        var place = OwnText(raw, Directive.HostName) ?? OwnText(raw, Directive.HostGroupName);
        var description = OwnText(raw, Directive.ServiceDescription);
        var name = description ?? place ?? OwnText(raw, Directive.ServiceGroupName) ?? OwnText(raw, Directive.ContactName)
            ?? OwnText(raw, Directive.ContactGroupName) ?? OwnText(raw, Directive.TimePeriodName)
            ?? OwnText(raw, Directive.CommandName);
        if (OwnText(raw, Directive.Name) is { } template && (name is null || !IsRegistered(raw)))
        {
            return $"{type} template '{template}'";
        }

        if (name is null)
        {
            return $"this {type}";
        }

        return description is null || place is null ? $"{type} '{name}'" : $"{type} '{description}' on '{place}'";
    }

    private string? OwnText(RawId raw, Directive directive) =>
        Raw.Own(raw, directive) is { Value.IsValue: true } own ? ShownText.Of(Atoms.Bytes(own.Value)) : null;

    private (SourcePosition Position, string Text) Place(RawId raw, Directive directive, string message)
    {
        if (Resolver.Locate(raw, directive) is not { } place)
        {
            return (Raw.Position(raw), $"{Describe(raw)}: {message}");
        }

        var name = DirectiveSchema.Of(Raw[raw].Type).Find(directive)!.Name;
        return (Raw.Position(place.Id, place.Directive), $"{Describe(place.Id)}: {name}: {message}");
    }

    private Atom[] Split(Atom atom)
    {
        var text = Atoms.Bytes(atom);
        text = text.StartsWith("+"u8) ? text[1..] : text;
        var items = new Atom[text.Count((byte)',') + 1];
        var count = 0;
        foreach (var range in text.Split((byte)','))
        {
            var item = LineReader.Trim(text[range]);
            if (!item.IsEmpty)
            {
                items[count++] = Atoms.Intern(item);
            }
        }

        return count == items.Length ? items : items[..count];
    }
}
