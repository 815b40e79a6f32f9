namespace Compeer.EndToEnd.Nagios;

/// <summary>A host or service of a <see cref="ComparedSite"/>.</summary>
/// <param name="Host">The host.</param>
/// <param name="Description">The service; null for the host itself.</param>
/// <param name="Parents">Parents of a host.</param>
/// <param name="MaxAttempts"><c>max_check_attempts</c>.</param>
/// <param name="CheckInterval"><c>check_interval</c>, seconds.</param>
/// <param name="RetryInterval"><c>retry_interval</c>, seconds.</param>
/// <param name="IsVolatile"><c>is_volatile</c> of a service.</param>
internal sealed record ComparedObject(
    string Host,
    string? Description,
    string[] Parents,
    int MaxAttempts,
    int CheckInterval,
    int RetryInterval,
    bool IsVolatile)
{
    /// <summary>As the alerts of the log and the plugin have it.</summary>
    public string Name => Description is null ? Host : $"{Host};{Description}";

    public bool IsHost => Description is null;

    public override string ToString() =>
        $"{Name} (max_check_attempts {MaxAttempts}, volatile {IsVolatile}, parents '{string.Join(',', Parents)}')";
}
