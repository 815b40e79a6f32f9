using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>An escalation of one host, from a <c>define hostescalation</c> after expansion.</summary>
/// <param name="Host">The host.</param>
/// <param name="Settings">Whom it notifies and when.</param>
/// <param name="Position">Where it is defined.</param>
public sealed record HostEscalationDefinition(HostDefinition Host, EscalationSettings Settings, SourcePosition Position);
