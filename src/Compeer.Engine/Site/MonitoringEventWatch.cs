using Compeer.Engine.Events;

namespace Compeer.Engine.Site;

/// <summary>Looks at something that happened, and adds what follows.</summary>
internal delegate void MonitoringEventWatch(in MonitoringEvent happened, Transition transition);
