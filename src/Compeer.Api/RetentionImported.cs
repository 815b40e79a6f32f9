using System.Collections.Immutable;

namespace Compeer.Api;

/// <summary>What became of a <c>retention.dat</c> (<c>POST /api/v1/retention/import</c>).</summary>
/// <param name="IsDryRun">Whether it was only looked at.</param>
/// <param name="Kinds">Each kind of thing that was in it.</param>
/// <param name="UnknownObjects">How many blocks were of objects that the configuration does not have.</param>
/// <param name="Unknown">The first of those objects.</param>
/// <param name="UnknownKeys">Keys and blocks that mean nothing, with how often they came.</param>
/// <param name="Refusals">How much could not be taken.</param>
/// <param name="Refused">The first of it, with the reasons.</param>
public sealed record RetentionImported(
    bool IsDryRun,
    ImmutableArray<ImportedKind> Kinds,
    long UnknownObjects,
    ImmutableArray<string> Unknown,
    ImmutableArray<string> UnknownKeys,
    long Refusals,
    ImmutableArray<string> Refused);
