namespace Compeer.Tests.Engine;

/// <summary>
/// What one result makes of a service or a host by Naemon's <c>checks_service.c</c> and <c>checks_host.c</c>. The columns:
/// <list type="bullet">
/// <item>the state before: state, S soft or H hard and the attempt, the last hard state, and for services whether its host had a
/// problem at the last check (y);</item>
/// <item>what happens: <c>max_check_attempts</c> (v volatile, a <c>use_aggressive_host_checking</c>), the plugin's code, and the states
/// of the service's host or of the host's parents (u UP, d DOWN, n UNREACHABLE);</item>
/// <item>the state after, like the one before;</item>
/// <item>whether the time of the last state change (c) and of the last hard state change (h) move;</item>
/// <item>the alert: S or H and the attempt in it, with ! after the line that the host made it hard, or -.</item>
/// </list>
/// </summary>
internal static class StepTable
{
    public static readonly string[] Services =
    [
        "0 H1 0 - | 3 0 u  | 0 H1 0 - | -- | -   : OK stays OK",
        "0 H1 0 - | 3 2 u  | 2 S1 0 - | c- | S1  : a new problem is soft",
        "0 H1 0 - | 1 2 u  | 2 H1 2 - | ch | H1  : with a single attempt it is hard",
        "0 H1 0 - | 1v 1 u | 1 H1 1 - | ch | H1  : a volatile one, too",
        "0 H1 0 - | 2v 3 u | 3 S1 0 - | c- | S1  : volatile services have soft problems as well",
        "2 S1 0 - | 3 2 u  | 2 S2 0 - | -- | S2  : a retry",
        "1 S1 0 - | 3 3 u  | 3 S2 0 - | c- | S2  : a retry that finds another problem",
        "2 S2 0 - | 3 2 u  | 2 H3 2 - | -h | H3  : the last attempt",
        "2 S2 0 - | 3 1 u  | 1 H3 1 - | ch | H3  : the last attempt finds another problem",
        "2 H3 2 - | 3 2 u  | 2 H3 2 - | -- | -   : a hard problem goes on",
        "2 H3 2 - | 3v 2 u | 2 H3 2 - | -- | H3  : a volatile one is told each time",
        "3 H3 3 - | 3 1 u  | 1 H3 1 - | ch | H3  : a hard problem becomes another",
        "2 H3 2 - | 3 0 u  | 0 H1 0 - | ch | H3  : a hard recovery",
        "2 H1 2 - | 1 0 u  | 0 H1 0 - | ch | H1  : a hard recovery with a single attempt",
        "2 S1 0 - | 3 0 u  | 0 H1 0 - | c- | S2  : a soft recovery tells its attempt",
        "2 S2 0 - | 3 0 u  | 0 H1 0 - | c- | S3  : a soft recovery at the last attempt is soft",
        "0 H1 0 - | 3 0 d  | 0 H1 0 - | -- | -   : OK while the host is down",
        "0 H1 0 - | 3 2 d  | 2 H1 2 y | ch | !H1 : a problem while the host is down is hard at once",
        "0 H1 0 - | 3 1 n  | 1 H1 1 y | ch | !H1 : while it is unreachable, too",
        "2 H1 2 y | 3 2 d  | 2 H1 2 y | -- | -   : and is not told again",
        "2 H1 2 y | 3 1 d  | 1 H1 1 y | ch | !H1 : another problem while the host is down",
        "2 S1 0 - | 3 2 d  | 2 H2 2 y | ch | !H2 : a soft problem becomes hard by the host, at its attempt",
        "2 S2 0 - | 3 2 d  | 2 H3 2 y | ch | !H3 : at the last attempt",
        "2 S1 0 - | 4 2 n  | 2 H2 2 y | ch | !H2 : with attempts left",
        "2 H3 2 - | 3 2 d  | 2 H3 2 y | -- | -   : a hard problem stays as it is when the host goes down",
        "2 H3 2 - | 3 1 d  | 1 H3 1 y | ch | !H3 : it becomes another",
        "2 S1 2 - | 3 2 d  | 2 S2 2 y | -- | -   : a soft one that was hard before stays soft, and is not told",
        "2 H1 2 y | 3 0 d  | 0 H1 0 - | ch | H1  : OK before the host is up",
        "2 H1 2 y | 3 0 u  | 0 H1 0 - | ch | H1  : OK when the host is up again is a hard recovery",
        "2 S2 2 y | 3 0 u  | 0 H1 0 - | ch | H3  : from a soft problem, too",
        "2 H1 2 y | 3 2 u  | 2 S1 2 - | -- | S1  : the host is up again: the problem gets its retries",
        "2 S1 2 - | 3 2 u  | 2 S2 2 - | -- | S2  : the first of them",
        "2 S2 2 - | 3 2 u  | 2 H3 2 - | -- | -   : after them it is hard as before, without a word",
        "2 S2 2 - | 3v 2 u | 2 H3 2 - | -- | H3  : unless it is volatile",
        "2 S2 2 y | 3 2 u  | 2 S1 2 - | -- | S1  : a soft problem starts its retries anew when the host is up",
        "2 H3 2 y | 3 2 u  | 2 H3 2 - | -- | -   : one that had used them up stays hard",
        "2 H3 2 y | 3 0 u  | 0 H1 0 - | ch | H3  : and recovers from there",
    ];

    public static readonly string[] Hosts =
    [
        "0 H1 0 | 3 0    | 0 H1 0 | -- | -  : UP stays UP",
        "0 H1 0 | 3 2    | 1 S1 0 | c- | S1 : a new problem is soft",
        "0 H1 0 | 3 3    | 1 S1 0 | c- | S1 : UNKNOWN is a problem",
        "0 H1 0 | 3 1    | 0 H1 0 | -- | -  : WARNING is UP",
        "0 H1 0 | 3a 1   | 1 S1 0 | c- | S1 : unless it is checked aggressively",
        "0 H1 0 | 1 2    | 1 H1 1 | ch | H1 : with a single attempt it is hard",
        "1 S1 0 | 3 2    | 1 S2 0 | c- | S2 : a retry counts as a change, because the last hard state is another",
        "1 S2 0 | 3 2    | 1 H3 1 | ch | H3 : the last attempt",
        "1 S1 0 | 2 2    | 1 H2 1 | ch | H2 : of two",
        "1 H3 1 | 3 2    | 1 H1 1 | -- | -  : a hard problem shows attempt 1 from its next check on",
        "1 H1 1 | 3 2    | 1 H1 1 | -- | -  : and goes on",
        "1 H3 1 | 3 0    | 0 H1 0 | ch | H1 : a hard recovery",
        "1 H1 1 | 1 0    | 0 H1 0 | ch | H1 : with a single attempt",
        "1 S1 0 | 3 0    | 0 S1 0 | c- | S2 : a soft recovery tells the attempt that found it",
        "1 S2 0 | 3 0    | 0 H1 0 | ch | H3 : at the last attempt it is hard",
        "0 S1 0 | 3 0    | 0 H1 0 | -- | -  : a soft recovery becomes hard without a word",
        "0 S1 0 | 3 2    | 1 S1 0 | c- | S1 : or is over",
        "0 H1 0 | 3 2 u  | 1 S1 0 | c- | S1 : with a parent that is up it is down",
        "0 H1 0 | 3 2 d  | 2 S1 0 | c- | S1 : with none it is unreachable",
        "0 H1 0 | 3 2 n  | 2 S1 0 | c- | S1 : an unreachable parent is none",
        "0 H1 0 | 3 2 dn | 2 S1 0 | c- | S1 : of two neither is",
        "0 H1 0 | 3 2 du | 1 S1 0 | c- | S1 : one of two is enough",
        "0 H1 0 | 3a 1 d | 2 S1 0 | c- | S1 : aggressively and unreachable",
        "1 S1 0 | 3 2 d  | 2 S2 0 | c- | S2 : a soft problem becomes another",
        "2 S2 0 | 3 2 d  | 2 H3 2 | ch | H3 : the last attempt finds it unreachable",
        "1 H1 1 | 3 2 d  | 2 H1 2 | ch | H1 : a hard problem becomes unreachable, hard",
        "2 H1 2 | 3 2 u  | 1 H1 1 | ch | H1 : and is its own again",
        "2 H1 2 | 3 0 d  | 0 H1 0 | ch | H1 : up behind a parent that is down",
    ];
}
