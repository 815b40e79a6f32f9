using System.Globalization;
using System.Text;

namespace Compeer.EndToEnd.Nagios;

/// <summary>
/// A random configuration in islands: hosts with parents among themselves and their services. What one object's result means
/// can depend on others of its island only, so that islands go their ways side by side.
/// </summary>
internal sealed class ComparedSite
{
    private const int MostAttempts = 4;

    private readonly Random _random;

    public ComparedSite(int seed, int islands)
    {
        _random = new Random(seed);
        Islands = [.. Enumerable.Range(0, islands).Select(MakeIsland)];
    }

    public IReadOnlyList<IReadOnlyList<ComparedObject>> Islands { get; }

    /// <summary>The object file; <paramref name="plant"/> may change an object, to see whether the difference is found.</summary>
    public string ObjectFile(string script, Func<ComparedObject, ComparedObject> plant)
    {
        var text = new StringBuilder(
            $$"""
            define timeperiod {
              timeperiod_name always
              alias always
            {{string.Concat(Enum.GetNames<DayOfWeek>().Select(day => $"  {day.ToLowerInvariant()} 00:00-24:00\n"))}}}
            define command {
              command_name nothing
              command_line /bin/true
            }
            define contact {
              contact_name nobody
              host_notification_commands nothing
              service_notification_commands nothing
              host_notification_period always
              service_notification_period always
            }
            define command {
              command_name held-host
              command_line {{script}} $USER1$ $HOSTNAME$
            }
            define command {
              command_name held-service
              command_line {{script}} $USER1$ $HOSTNAME$ $SERVICEDESC$
            }

            """);
        foreach (var subject in Islands.SelectMany(island => island).Select(plant))
        {
            Write(text, subject);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, ComparedObject subject)
    {
        text.Append(CultureInfo.InvariantCulture, $$"""
            define {{(subject.IsHost ? "host" : "service")}} {
              host_name {{subject.Host}}
              max_check_attempts {{subject.MaxAttempts}}
              check_interval {{subject.CheckInterval}}
              retry_interval {{subject.RetryInterval}}
              check_period always
              contacts nobody
              notification_period always
              check_command {{(subject.IsHost ? "held-host" : "held-service")}}

            """);
        if (!subject.IsHost)
        {
            text.Append(CultureInfo.InvariantCulture, $"  service_description {subject.Description}\n");
            text.Append(CultureInfo.InvariantCulture, $"  is_volatile {(subject.IsVolatile ? 1 : 0)}\n");
        }
        else
        {
            text.Append("  address 127.0.0.1\n  alias host\n");
            text.Append(subject.Parents.Length > 0 ? $"  parents {string.Join(',', subject.Parents)}\n" : "");
        }

        text.Append("}\n");
    }

    private ComparedObject[] MakeIsland(int number)
    {
        var hosts = new List<ComparedObject>();
        for (var count = _random.Next(1, 5); count > 0; count--)
        {
            var parents = hosts.Where(_ => _random.Next(2) == 0).Take(2).Select(parent => parent.Host);
            hosts.Add(Draw($"island{number}-h{hosts.Count}", description: null) with { Parents = [.. parents] });
        }

        return [.. hosts, .. hosts.SelectMany(host =>
            Enumerable.Range(0, _random.Next(1, 4)).Select(service => Draw(host.Host, $"s{service}")))];
    }

    private ComparedObject Draw(string host, string? description) => new(
        host,
        description,
        Parents: [],
        MaxAttempts: _random.Next(1, MostAttempts + 1),
        CheckInterval: _random.Next(1, 3),
        RetryInterval: 1,
        IsVolatile: description is not null && _random.Next(4) == 0);
}
