namespace Compeer.Configuration.Objects.Syntax;

/// <summary>Object blocks, to be gone through. (Collections of the runtime over types of this program are compiled anew at each
/// start; those over integers are not.)</summary>
internal sealed class RawIds
{
    private readonly List<int> _indexes = [];

    /// <summary>Adds one behind the others.</summary>
    public void Add(RawId id) => _indexes.Add(id.Index);

    /// <summary>From the first to the last.</summary>
    public Enumerator GetEnumerator() => new(_indexes, isReversed: false);

    /// <summary>From the last to the first.</summary>
    public Backwards Reversed() => new(_indexes);

    /// <summary>The same blocks from the last to the first.</summary>
    internal readonly ref struct Backwards(List<int> indexes)
    {
        private readonly List<int> _indexes = indexes;

        public Enumerator GetEnumerator() => new(_indexes, isReversed: true);
    }

    /// <summary>Goes through them.</summary>
    internal ref struct Enumerator(List<int> indexes, bool isReversed)
    {
        private readonly List<int> _indexes = indexes;
        private readonly bool _isReversed = isReversed;
        private int _passed = -1;

        public readonly RawId Current => new(_indexes[_isReversed ? _indexes.Count - 1 - _passed : _passed]);

        public bool MoveNext() => ++_passed < _indexes.Count;
    }
}
