using System.Net.Security;
using Compeer.Cluster.Model;

namespace Compeer.Daemon.Links;

/// <summary>A connection whose other end has shown the pinned key of a neighbour.</summary>
internal sealed record IncomingLink(NodeId Neighbour, SslStream Stream, string Address);
