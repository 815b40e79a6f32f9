using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Objects.Definitions;

/// <summary>An escalation of one service, from a <c>define serviceescalation</c> after expansion.</summary>
/// <param name="Service">The service.</param>
/// <param name="Settings">Whom it notifies and when.</param>
/// <param name="Position">Where it is defined.</param>
public sealed record ServiceEscalationDefinition(ServiceDefinition Service, EscalationSettings Settings, SourcePosition Position);
