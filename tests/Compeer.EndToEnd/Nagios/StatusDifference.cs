namespace Compeer.EndToEnd.Nagios;

/// <summary>What two files of status say differently of one thing: a whole block that one of them lacks, or a value.</summary>
/// <param name="Theirs">What nagios4 says; null when it says nothing.</param>
/// <param name="Ours">What mond says; null when it says nothing.</param>
internal sealed record StatusDifference(string? Theirs, string? Ours);
