using System.Text;
using Compeer.Configuration.Objects.Interning;
using Compeer.Configuration.Text;

namespace Compeer.Tests.Configuration.Objects.Interning;

public sealed class AtomTableTests
{
    [Fact]
    public void Intern_ManyValues_AgreesWithADictionary()
    {
        var random = new Random(1);
        var atoms = new AtomTable();
        var twin = new Dictionary<string, Atom>(StringComparer.Ordinal) { [""] = atoms.Empty };
        for (var i = 0; i < 50_000; i++)
        {
            string value = new((char)('a' + random.Next(3)), random.Next(30));
            value += random.Next(2_000);
            var atom = atoms.Intern(Encoding.UTF8.GetBytes(value));
            Assert.Equal(twin.TryGetValue(value, out var known) ? known : new Atom(twin.Count), atom);
            twin.TryAdd(value, atom);
        }

        Assert.Equal(twin.Count, atoms.Count);
        Assert.All(twin, pair => Assert.Equal(pair.Key, atoms.Text(pair.Value)));
        Assert.Equal(Atom.Unset, atoms.Find("never"u8));
    }

    [Fact]
    public void Intern_Sequences_AgreesWithADictionary()
    {
        var random = new Random(2);
        var table = new SequenceTable();
        var twin = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < 20_000; i++)
        {
            int[] sequence = [.. Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(4))];
            var number = table.Intern(sequence, out var isNew);
            Assert.Equal(twin.TryAdd(string.Join(',', sequence), number), isNew);
            Assert.Equal(twin[string.Join(',', sequence)], number);
        }

        Assert.Equal(twin.Count, table.Count);
    }
}
