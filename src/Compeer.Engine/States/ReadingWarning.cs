namespace Compeer.Engine.States;

/// <summary>What is wrong with a result, for the log.</summary>
internal enum ReadingWarning
{
    None,
    DidNotExitProperly,
    ReturnCodeOutOfBounds,
}
