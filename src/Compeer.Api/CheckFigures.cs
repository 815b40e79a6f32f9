using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>How the checks fare (<c>GET /api/v1/checks</c>).</summary>
/// <param name="Hosts">Those of hosts.</param>
/// <param name="Services">Those of services.</param>
/// <param name="Overdue">Checks that are due for too long: the first <see cref="MaxOverdue"/>, hosts first, in the order of
/// names.</param>
public sealed record CheckFigures(CheckKindFigures Hosts, CheckKindFigures Services, ImmutableArray<OverdueCheck> Overdue)
{
    /// <summary>The most overdue checks that are named.</summary>
    public const int MaxOverdue = 50;
}
