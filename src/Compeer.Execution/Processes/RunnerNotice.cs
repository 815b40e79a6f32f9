namespace Compeer.Execution.Processes;

/// <summary>Something that an operator should know of.</summary>
/// <param name="Kind">What.</param>
/// <param name="Number">As <see cref="RunnerNoticeKind"/> says, or 0.</param>
/// <param name="Program">The program, where it is about one.</param>
public sealed record RunnerNotice(RunnerNoticeKind Kind, int Number, string Program);
