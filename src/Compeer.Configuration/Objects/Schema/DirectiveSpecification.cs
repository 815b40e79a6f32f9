namespace Compeer.Configuration.Objects.Schema;

/// <summary>A directive as one object type has it.</summary>
/// <param name="Directive">Which.</param>
/// <param name="Kind">How its value is read.</param>
/// <param name="Name">The name it is usually written with.</param>
/// <param name="Slot">Its position in the type's list; names of one directive share it.</param>
/// <param name="OtherNames">Its older names.</param>
internal sealed record DirectiveSpecification(
    Directive Directive, DirectiveKind Kind, string Name, int Slot, IReadOnlyList<string> OtherNames);
