namespace Compeer.Engine.Model;

/// <summary>The small numbers of a check state that a <see cref="StateBlock"/> has one byte of each of.</summary>
public enum StateField
{
    /// <summary><see cref="CheckState.State"/>.</summary>
    State,

    /// <summary>The state, or the last hard one while a problem is soft.</summary>
    HardState,

    /// <summary><see cref="CheckState.LastState"/>.</summary>
    LastState,

    /// <summary><see cref="CheckState.LastHardState"/>.</summary>
    LastHardState,

    /// <summary>1 when the state is hard.</summary>
    StateType,

    /// <summary>1 when the last result came from outside.</summary>
    CheckType,

    /// <summary>1 when there ever was a result.</summary>
    HasBeenChecked,

    /// <summary>1 when it flaps.</summary>
    IsFlapping,
}
