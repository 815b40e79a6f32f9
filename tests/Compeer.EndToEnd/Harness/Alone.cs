namespace Compeer.EndToEnd.Harness;

/// <summary>
/// Tests that run while no other does, behind all others: they say how soon something has to happen or how often it may, hold the
/// daemon against another program's clock, or change what all tests share, such as the users of the machine.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    /// <summary>For the attribute of a class of tests, <c>[Collection(Alone.Name)]</c>; its descendants have it too.</summary>
    public const string Name = "alone";
}
