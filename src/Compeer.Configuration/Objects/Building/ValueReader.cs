using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Expansion;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Objects.Templates;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Building;

/// <summary>Reads values that the parser has checked already.</summary>
internal sealed class ValueReader(CompilationContext context)
{
    /// <summary>Longer intervals are as good as endless.</summary>
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(365_000);

    public bool Boolean(ResolvedObject values, Directive directive, bool fallback) =>
        values[directive].IsValue ? Bytes(values, directive)[0] == (byte)'1' : fallback;

    public int Integer(ResolvedObject values, Directive directive, int fallback) =>
        values[directive].IsValue ? NumberParser.ReadInteger(Bytes(values, directive), out _) : fallback;

    public int Unsigned(ResolvedObject values, Directive directive, int fallback) =>
        values[directive].IsValue ? NumberParser.ReadUnsigned(Bytes(values, directive), out _) : fallback;

    public double Number(ResolvedObject values, Directive directive, double fallback) =>
        values[directive].IsValue ? Number(values[directive], fallback) : fallback;

    public double Number(Atom atom, double fallback) =>
        atom.IsValue ? ValueCheck.Bounded(NumberParser.ReadNumber(context.Atoms.Bytes(atom), out _)) : fallback;

    /// <summary>A number of interval units as a time, to the millisecond.</summary>
    public TimeSpan Interval(Atom atom, double fallback) => TimeSpan.FromMilliseconds(Math.Min(
        Math.Round(Number(atom, fallback) * context.Main.IntervalLength.TotalMilliseconds), LongestInterval.TotalMilliseconds));

    public StateOptions Options(ObjectType type, ResolvedObject values, Directive directive, StateOptions fallback) =>
        values[directive].IsValue ? OptionSet.Of(type, directive).Parse(Bytes(values, directive), out _) : fallback;

    public string? Text(ResolvedObject values, Directive directive) => context.Text(values[directive]);

    public ReadOnlySpan<byte> Bytes(ResolvedObject values, Directive directive) => context.Atoms.Bytes(values[directive]);
}
