using System.Text;
using Compeer.Configuration.Objects.Expansion;

namespace Compeer.Tests.Configuration.Objects.Expansion;

/// <summary>Random regular expressions, compared with the C library that Naemon asks.</summary>
public sealed class RandomPatternTests
{
    private const int Patterns = 40_000;
    private const int Names = 8;

    private static readonly string[] Pieces =
    [
        "a", "b", "c", "1", "_", "-", " ", "é", ".", "^", "$", "(", ")", "(", ")", "|", "*", "+", "?", "{2}", "{1,}", "{,2}", "{0}",
        "{0,1}", "{", "}", ",", "[ab]", "[^ab]", "[]a]", "[a-c]", "[-a]", "[a-]", "[[:alpha:]_]", "[[:digit:]]", "[^[:space:]]",
        "[[.a.]-c]", "[[=b=]]", "[", "]", "\\", "\\.", "\\w", "\\W", "\\s", "\\S", "\\b", "\\B", "\\<", "\\>", "\\`", "\\'", "\\d", "\\(",
        "\\{", "\\|", "\\^", "\\-",
    ];

    private static readonly string[] Letters = ["a", "a", "b", "c", "1", "_", "-", " ", ".", "é", "(", "{", "|", "d", "]", "\\", "^"];

    [Fact]
    public void IsMatch_RandomPatterns_AgreesWithTheLibrary()
    {
        var random = new Random(25);
        var valid = 0;
        var matches = 0;
        for (var round = 0; round < Patterns; round++)
        {
            var pattern = Draw(random, Pieces, 1, 9);
            using var theirs = new LibraryRegex(pattern);
            var ours = NamePattern.Create(pattern, out var error);
            Assert.True(theirs.IsValid == ours is not null, $"'{pattern}': the library takes it: {theirs.IsValid}; here: {error}");
            if (ours is null)
            {
                continue;
            }

            valid++;
            for (var i = 0; i < Names; i++)
            {
                var name = Draw(random, Letters, 0, 7);
                var expected = theirs.IsMatch(name);
                Assert.True(expected == ours.IsMatch(name), $"'{pattern}' on '{name}': the library says {expected}");
                matches += expected ? 1 : 0;
            }
        }

        // A generator of nothing but errors, or of what always matches, would agree for ever.
        Assert.InRange(valid, Patterns / 5, Patterns * 9 / 10);
        Assert.InRange(matches, valid * Names / 10, valid * Names * 9 / 10);
    }

    private static string Draw(Random random, string[] pieces, int least, int most)
    {
        var text = new StringBuilder();
        for (var count = random.Next(least, most + 1); count > 0; count--)
        {
            text.Append(pieces[random.Next(pieces.Length)]);
        }

        return text.ToString();
    }
}
