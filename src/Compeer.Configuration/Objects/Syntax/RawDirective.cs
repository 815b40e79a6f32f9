using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Syntax;

/// <summary>A directive as it stands in a file.</summary>
/// <param name="Directive">Which.</param>
/// <param name="LineOffset">Lines after the start of its object; the largest value also stands for any larger one.</param>
/// <param name="Value">The value, or <see cref="Atom.Null"/>.</param>
internal readonly record struct RawDirective(Directive Directive, ushort LineOffset, Atom Value);
