namespace Compeer.Engine.Model;

/// <summary>
/// The small numbers of the states of objects that follow each other, side by side, so that whoever looks through all objects reads
/// bytes instead of following references. Immutable; kept with the states that it was made of.
/// </summary>
public sealed class StateBlock
{
    /// <summary>Most objects of a block.</summary>
    public const int Size = StateArray<CheckState>.ChunkSize;

    private const int Fields = (int)StateField.IsFlapping + 1;

    private readonly byte[] _bytes;
    private readonly int _count;

    private StateBlock(int count)
    {
        _count = count;
        _bytes = new byte[count * Fields];
    }

    /// <summary>One byte for each object of the block.</summary>
    public ReadOnlySpan<byte> this[StateField field] => _bytes.AsSpan((int)field * _count, _count);

    /// <summary>What a block has of a state.</summary>
    public static byte ValueOf(CheckState state, StateField field)
    {
        ArgumentNullException.ThrowIfNull(state);
        return field switch
        {
            StateField.State => state.State,
            StateField.HardState => state.State == 0 || !state.IsSoft ? state.State : state.LastHardState,
            StateField.LastState => state.LastState,
            StateField.LastHardState => state.LastHardState,
            StateField.StateType => state.IsSoft ? (byte)0 : (byte)1,
            StateField.CheckType => state.IsPassive ? (byte)1 : (byte)0,
            StateField.HasBeenChecked => state.HasBeenChecked ? (byte)1 : (byte)0,
            StateField.IsFlapping => state.IsFlapping ? (byte)1 : (byte)0,
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, "no such field"),
        };
    }

    internal static StateBlock Of(CheckState[] states)
    {
        var block = new StateBlock(states.Length);
        for (var index = 0; index < states.Length; index++)
        {
            for (var field = 0; field < Fields; field++)
            {
                block._bytes[(field * states.Length) + index] = ValueOf(states[index], (StateField)field);
            }
        }

        return block;
    }
}
