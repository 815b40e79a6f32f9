namespace Compeer.Configuration.Objects.Expansion;

/// <summary>
/// A regular expression written out as steps, each with those that follow it, and the 256 bytes in classes of those that no set
/// of the expression tells apart.
/// </summary>
internal sealed class PatternProgram
{
    private const int Matched = 0;

    private readonly List<PatternStep> _steps = [new(PatternStepKind.Match, Matched)];
    private readonly bool[] _isWord;

    public PatternProgram(PatternNode pattern)
    {
        // From the end to the start: the step that follows is there already.
        Start = Add(pattern, Matched);
        EndClass = Classify();
        int[] members = [.. Enumerable.Range(0, EndClass).Select(number => Array.IndexOf(ClassOf, number))];
        _isWord = [.. members.Select(member => PatternBytes.Word[member])];
        for (var number = 0; number < _steps.Count; number++)
        {
            if (_steps[number].Bytes is { } bytes)
            {
                // The end of the name is no byte of any set.
                _steps[number] = _steps[number] with { Classes = [.. members.Select(member => bytes[member]), false] };
            }
        }
    }

    /// <summary>The step that the expression begins with.</summary>
    public int Start { get; }

    /// <summary>How many steps there are.</summary>
    public int Count => _steps.Count;

    /// <summary>The class of each byte.</summary>
    public int[] ClassOf { get; } = new int[PatternBytes.Count];

    /// <summary>The class that stands for the end of the name; those of bytes are smaller.</summary>
    public int EndClass { get; }

    public PatternStep this[int number] => _steps[number];

    /// <summary>What the bytes of a class are for words.</summary>
    public PatternSide SideOf(int byteClass) =>
        byteClass == EndClass ? PatternSide.Edge : _isWord[byteClass] ? PatternSide.Word : PatternSide.NoWord;

    /// <summary>Adds a part before a step and gives the step that it begins with.</summary>
    private int Add(PatternNode node, int next) => node switch
    {
        PatternNode.Set set => Add(new PatternStep(PatternStepKind.Byte, next) { Bytes = set.Contains }),
        PatternNode.Anchor anchor => Add(new PatternStep(PatternStepKind.Place, next) { Place = anchor.Place }),
        PatternNode.Sequence sequence => sequence.Parts.Reverse().Aggregate(next, (following, part) => Add(part, following)),
        PatternNode.Choice choice => choice.Parts.Select(part => Add(part, next)).ToList().Aggregate(Fork),
        PatternNode.Repeat repeat => AddRepeat(repeat, next),
        _ => throw new ArgumentException($"{node} is no part of an expression", nameof(node)),
    };

    private int AddRepeat(PatternNode.Repeat repeat, int next)
    {
        var first = next;
        var copies = repeat.Least;
        if (repeat.Most is { } most)
        {
            for (var optional = most - repeat.Least; optional > 0; optional--)
            {
                first = Fork(Add(repeat.Part, first), next);
            }
        }
        else
        {
            var loop = Add(default);
            var part = Add(repeat.Part, loop);
            _steps[loop] = new PatternStep(PatternStepKind.Fork, part) { Other = next };
            first = copies > 0 ? part : loop;
            copies--;
        }

        for (; copies > 0; copies--)
        {
            first = Add(repeat.Part, first);
        }

        return first;
    }

    private int Fork(int one, int other) => Add(new PatternStep(PatternStepKind.Fork, one) { Other = other });

    private int Add(PatternStep step)
    {
        _steps.Add(step);
        return _steps.Count - 1;
    }

    /// <summary>Splits the classes of bytes by each set, and gives how many there are.</summary>
    private int Classify()
    {
        var count = 1;
        foreach (var set in _steps.Select(step => step.Bytes).OfType<bool[]>().Append(PatternBytes.Word))
        {
            var numbers = new Dictionary<(int Class, bool IsIn), int>();
            for (var value = 0; value < ClassOf.Length; value++)
            {
                var key = (ClassOf[value], set[value]);
                numbers.TryAdd(key, numbers.Count);
                ClassOf[value] = numbers[key];
            }

            count = numbers.Count;
        }

        return count;
    }
}
