namespace Compeer.Configuration.Objects.Expansion;

/// <summary>
/// Says whether a regular expression matches somewhere in a name, in time linear in the name whatever the expression: its
/// states are sets of steps of the expression (Thompson's construction), made when a name first leads to them and kept.
/// </summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class PatternAutomaton
{
    private const int Unknown = -1;
    private const int Accepted = -2;

    /// <summary>Most states that are kept before all are forgotten and made anew.</summary>
    private const int MostStates = 2_000;

    private const int First = 0;

    private readonly PatternProgram _program;
    private readonly int[] _marks;
    private readonly Stack<int> _open = new();
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<(string Steps, PatternSide Before, int[] Next)> _states = [];
    private int _mark;

    public PatternAutomaton(PatternNode pattern)
    {
        _program = new PatternProgram(pattern);
        _marks = new int[_program.Count];
        NumberOf([], PatternSide.Edge);
    }

    /// <summary>Whether it matches anywhere in these bytes.</summary>
    public bool IsMatch(ReadOnlySpan<byte> name)
    {
        var state = First;
        foreach (var value in name)
        {
            state = Next(state, _program.ClassOf[value]);
            if (state == Accepted)
            {
                return true;
            }
        }

        return Next(state, _program.EndClass) == Accepted;
    }

    private int Next(int state, int byteClass)
    {
        var next = _states[state].Next[byteClass];
        return next != Unknown ? next : Make(state, byteClass);
    }

    /// <summary>The state that follows when this kind of byte comes, or the end.</summary>
    private int Make(int state, int byteClass)
    {
        (var steps, var before, var transitions) = _states[state];
        var after = _program.SideOf(byteClass);
        _mark++;
        var following = new SortedSet<char>();
        var isMatch = Follow(_program.Start, before, after, byteClass, following);
        foreach (var step in steps)
        {
            isMatch |= Follow(step, before, after, byteClass, following);
        }

        if (isMatch || byteClass == _program.EndClass)
        {
            return transitions[byteClass] = isMatch ? Accepted : First;
        }

        if (_states.Count >= MostStates)
        {
            _states.Clear();
            _numbers.Clear();
            NumberOf([], PatternSide.Edge);
            return NumberOf(following, after);
        }

        return transitions[byteClass] = NumberOf(following, after);
    }

    /// <summary>Goes from a step over all that take no byte, and notes where those lead to that take this one.</summary>
    /// <returns>Whether the whole expression is matched here.</returns>
    private bool Follow(int start, PatternSide before, PatternSide after, int byteClass, SortedSet<char> following)
    {
        _open.Push(start);
        var isMatch = false;
        while (_open.TryPop(out var number))
        {
            if (_marks[number] == _mark)
            {
                continue;
            }

            _marks[number] = _mark;
            var step = _program[number];
            switch (step.Kind)
            {
                case PatternStepKind.Match:
                    isMatch = true;
                    break;
                case PatternStepKind.Fork:
                    _open.Push(step.Next);
                    _open.Push(step.Other);
                    break;
                case PatternStepKind.Place when IsAt(step.Place, before, after):
                    _open.Push(step.Next);
                    break;
                case PatternStepKind.Byte when step.Classes![byteClass]:
                    following.Add((char)step.Next);
                    break;
                default:
                    break;
            }
        }

        return isMatch;
    }

    private static bool IsAt(PatternPlace place, PatternSide before, PatternSide after) => place switch
    {
        PatternPlace.Start => before == PatternSide.Edge,
        PatternPlace.End => after == PatternSide.Edge,
        PatternPlace.WordStart => before != PatternSide.Word && after == PatternSide.Word,
        PatternPlace.WordEnd => before == PatternSide.Word && after != PatternSide.Word,
        PatternPlace.WordEdge => before == PatternSide.Word != (after == PatternSide.Word),
        _ => before == PatternSide.Word == (after == PatternSide.Word),
    };

    private int NumberOf(IEnumerable<char> steps, PatternSide before)
    {
        var text = string.Concat(steps);
        var key = $"{(char)before}{text}";
        if (!_numbers.TryGetValue(key, out var number))
        {
            number = _states.Count;
            var next = new int[_program.EndClass + 1];
            Array.Fill(next, Unknown);
            _states.Add((text, before, next));
            _numbers.Add(key, number);
        }

        return number;
    }
}
