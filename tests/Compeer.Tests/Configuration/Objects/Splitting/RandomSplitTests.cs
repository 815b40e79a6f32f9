using Compeer.Configuration.Objects.Comparison;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Tests.Configuration.Objects.Splitting;

/// <summary>Parts of random configurations, compiled alone, against the whole: each object in the part is what it is there.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RandomSplitTests
{
    private const int Seeds = 170;

    [Fact]
    public void TakeOut_RandomConfigurations_GiveTheSameObjectsOfTheHostsAndNoOthers()
    {
        (var withNulls, var trimmed, var parents) = (0, 0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new RandomConfiguration(seed, withNull: true);
            var whole = ConfigurationFiles.Compile(random.Create(), random.Main).Configuration!;
            var group = whole.HostGroups[seed % whole.HostGroups.Length];
            if (group.Members.IsEmpty)
            {
                continue;
            }

            var text = SplitHarness.TextOf(SplitHarness.Part(whole, group.Name));
            var part = SplitHarness.Read(text);

            var members = group.Members.Select(host => host.Name).ToHashSet(StringComparer.Ordinal);
            Assert.Equal(group.Members.Select(host => host.Name), part.Hosts.Select(host => host.Name));
            AssertSame(seed, Within(whole, members), part);
            withNulls += text.Split("\tnull\n").Length - 1;
            trimmed += whole.HostGroups.Count(other => other.Members.Any(host => !members.Contains(host.Name))
                && other.Members.Any(host => members.Contains(host.Name)));
            parents += group.Members.Count(host => host.Parents.Any(parent => !members.Contains(parent.Name)));
        }

        // Else it would show nothing.
        Assert.True(
            withNulls > 20 && trimmed > 50 && parents > 20,
            $"{withNulls} cancelled, {trimmed} trimmed, {parents} parents left out");
    }

    /// <summary>The slow and obvious way: the whole's cache, blocks and members of others struck out.</summary>
    private static ObjectConfiguration Within(ObjectConfiguration whole, HashSet<string> members) => whole with
    {
        Hosts = [.. whole.Hosts.Where(host => members.Contains(host.Name))],
        Services = [.. whole.Services.Where(service => members.Contains(service.Host.Name))],
        HostDependencies =
            [.. whole.HostDependencies.Where(link => members.Contains(link.Dependent.Name) && members.Contains(link.Master.Name))],
        ServiceDependencies = [.. whole.ServiceDependencies.Where(link =>
            members.Contains(link.Dependent.Host.Name) && members.Contains(link.Master.Host.Name))],
        HostEscalations = [.. whole.HostEscalations.Where(escalation => members.Contains(escalation.Host.Name))],
        ServiceEscalations = [.. whole.ServiceEscalations.Where(escalation => members.Contains(escalation.Service.Host.Name))],
    };

    private static void AssertSame(int seed, ObjectConfiguration expected, ObjectConfiguration actual)
    {
        var equality = new DefinitionEquality();
        foreach ((var one, var other) in expected.Services.Zip(actual.Services))
        {
            var isSame = one.Parents.Length != other.Parents.Length
                ? one.Description == other.Description && one.Host.Name == other.Host.Name
                    && one.Contacts.Select(c => c.Name).SequenceEqual(other.Contacts.Select(c => c.Name))
                    && one.ContactGroups.Select(g => g.Name).SequenceEqual(other.ContactGroups.Select(g => g.Name))
                : equality.Same(one, other);
            Assert.True(isSame, $"seed {seed}: {one.Host.Name}/{one.Description}");
        }

        Assert.Equal(expected.Services.Length, actual.Services.Length);
        foreach ((var one, var other) in expected.Hosts.Zip(actual.Hosts)
            .Where(pair => pair.First.Parents.Length == pair.Second.Parents.Length))
        {
            Assert.True(equality.Same(one, other), $"seed {seed}: {one.Name}");
        }

        AssertAll(expected.HostDependencies, actual.HostDependencies, equality.Same);
        AssertAll(expected.ServiceDependencies, actual.ServiceDependencies, equality.Same);
        AssertAll(expected.HostEscalations, actual.HostEscalations, equality.Same);
        AssertAll(expected.ServiceEscalations, actual.ServiceEscalations, equality.Same);
        foreach (var contact in actual.Contacts)
        {
            var one = expected.Contacts.Single(other => other.Name == contact.Name);
            Assert.True(equality.Same(one, contact), $"seed {seed}: {contact.Name}");
        }

        foreach (var period in actual.TimePeriods)
        {
            var one = expected.TimePeriods.Single(other => other.Name == period.Name);
            Assert.True(equality.Same(one, period), $"seed {seed}: {period.Name}");
        }

        void AssertAll<T>(IReadOnlyList<T> one, IReadOnlyList<T> other, Func<T, T, bool> isSame) => Assert.True(
            one.Count == other.Count && one.Zip(other).All(pair => isSame(pair.First, pair.Second)), $"seed {seed}: {typeof(T).Name}");
    }
}
