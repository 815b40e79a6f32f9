using Compeer.Configuration.Objects.Schema;

namespace Compeer.Configuration.Objects.Syntax;

/// <summary>A directive as it stands in a file.</summary>
/// <param name="Directive">Which.</param>
/// <param name="LineOffset">Lines after the start of its object; the largest value also stands for any larger one.</param>
/// <param name="Value">The value's atom, or <see cref="Null"/>.</param>
internal readonly record struct RawDirective(Directive Directive, ushort LineOffset, int Value)
{
    /// <summary>No value: not set.</summary>
    public const int Unset = -1;

    /// <summary>The word <c>null</c>: set to nothing, so that nothing is inherited.</summary>
    public const int Null = -2;
}
