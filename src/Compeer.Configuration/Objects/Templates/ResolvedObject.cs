using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Templates;

/// <summary>An object's directives with those of its templates.</summary>
internal sealed class ResolvedObject
{
    private readonly Atom[] _values = new Atom[(int)Directive.Count];
    private readonly List<Directive> _set = [];

    public ResolvedObject() => Array.Fill(_values, Atom.Unset);

    /// <summary>Custom variables: names and values as atoms, or <see cref="Atom.Null"/>.</summary>
    public List<(Atom Name, Atom Value)> CustomVariables { get; } = [];

    /// <summary>Exceptions of a time period, by the numbers of the atoms of their whole text.</summary>
    public List<int> DateExceptions { get; } = [];

    /// <summary>Whether the object itself wrote <c>check_command !…</c>, which wins over what uses it as a template.</summary>
    public bool HasImportantCheckCommand { get; private set; }

    /// <summary>The directives that have a value or <c>null</c>.</summary>
    public IReadOnlyList<Directive> Set => _set;

    /// <summary>The value's atom, <see cref="Atom.Unset"/> or <see cref="Atom.Null"/>.</summary>
    public Atom this[Directive directive]
    {
        get => _values[(int)directive];
        set
        {
            if (_values[(int)directive] == Atom.Unset && value != Atom.Unset)
            {
                _set.Add(directive);
            }

            _values[(int)directive] = value;
        }
    }

    /// <summary>The values of these directives, for looking them up together.</summary>
    public void Gather(ReadOnlySpan<Directive> directives, Span<Atom> values)
    {
        for (var i = 0; i < directives.Length; i++)
        {
            values[i] = _values[(int)directives[i]];
        }
    }

    /// <summary>Starts over with an object's own directives.</summary>
    public void Assign(ReadOnlySpan<RawDirective> directives)
    {
        Clear();
        for (var i = 0; i < directives.Length; i++)
        {
            var own = directives[i];
            switch (own.Directive)
            {
                case Directive.CustomVariable:
                    SetCustomVariable(own.Value, directives[++i].Value);
                    break;
                case Directive.DateException:
                    DateExceptions.Add(own.Value.Number);
                    break;
                case Directive.ImportantCheckCommand:
                    HasImportantCheckCommand = true;
                    break;
                default:
                    this[own.Directive] = own.Value;
                    break;
            }
        }
    }

    /// <summary>Takes those custom variables of a template that this object has none of the same name of.</summary>
    public void InheritCustomVariables(ResolvedObject template)
    {
        HashSet<int>? names = template.CustomVariables.Count <= TemplateAdditions.Few
            ? null
            : [.. CustomVariables.Select(v => v.Name.Number)];
        foreach ((var name, var value) in template.CustomVariables)
        {
            if (names?.Add(name.Number) ?? !HasCustomVariable(name))
            {
                CustomVariables.Add((name, value));
            }
        }
    }

    private bool HasCustomVariable(Atom name)
    {
        foreach ((var known, _) in CustomVariables)
        {
            if (known == name)
            {
                return true;
            }
        }

        return false;
    }

    private void Clear()
    {
        foreach (var directive in _set)
        {
            _values[(int)directive] = Atom.Unset;
        }

        _set.Clear();
        CustomVariables.Clear();
        DateExceptions.Clear();
        HasImportantCheckCommand = false;
    }

    private void SetCustomVariable(Atom name, Atom value)
    {
        for (var i = 0; i < CustomVariables.Count; i++)
        {
            if (CustomVariables[i].Name == name)
            {
                CustomVariables[i] = (name, value);
                return;
            }
        }

        CustomVariables.Add((name, value));
    }
}
