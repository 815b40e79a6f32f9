using System.Text;
using Compeer.Daemon.Nrdp;
using Compeer.Daemon.Passive;

namespace Compeer.Tests.Daemon.Nrdp;

/// <summary>Results in NRDP's two forms.</summary>
public sealed class NrdpResultsTests
{
    [Fact]
    public void OfXml_WhatSendNrdpWrites_IsRead()
    {
        var results = NrdpResults.OfXml(
            """
            <?xml version='1.0'?>
                <checkresults>
                <checkresult type='service' checktype='1'>
                    <servicename>Disk &amp; more</servicename><hostname>web1</hostname>
                    <state>2</state>
                    <output><![CDATA[full <99%>|d=99%]]></output>
                </checkresult>
                <checkresult type='host' checktype='1'>
                    <hostname>web2</hostname><state>0</state><output>up	now
            more</output>
                </checkresult>
                <checkresult><hostname>web3</hostname><state>1</state></checkresult>
                <other><hostname>nobody</hostname></other>
            </checkresults>
            """,
            out var problem);
        Assert.Equal("", problem);
        Assert.Equal(
            ["web1/Disk & more 2 full <99%>|d=99%", "web2/ 0 up now\nmore", "web3/ 1 "], results!.Select(Text));
    }

    [Fact]
    public void OfJson_WhatNrdpShows_IsRead()
    {
        var results = NrdpResults.OfJson(
            """
            {"checkresults":[
              {"checkresult":{"type":"service","checktype":"1"},"hostname":"web1","servicename":"Disk","state":"1","output":"so | a=1"},
              {"checkresult":{"type":"host"},"hostname":"web2","state":0,"output":"\u00fcp"}
            ]}
            """,
            out var problem);
        Assert.Equal("", problem);
        Assert.Equal(["web1/Disk 1 so | a=1", "web2/ 0 üp"], results!.Select(Text));
    }

    /// <summary>"Newlines should be encoded with encoded newlines (\n)", the help of NRDP's clients says.</summary>
    [Fact]
    public void Output_WithWrittenLineEnds_HasSeveralLines()
    {
        var xml = NrdpResults.OfXml(
            "\uFEFF<c><checkresult><hostname>a</hostname><state>0</state><output>one\\ntwo\nthree</output></checkresult></c>", out _)!;
        var json = NrdpResults.OfJson(
            "\uFEFF{\"checkresults\":[{\"hostname\":\"a\",\"state\":0,\"output\":\"one\\\\ntwo\\nthree\"}]}", out _)!;
        Assert.Equal(["a/ 0 one\ntwo\nthree", "a/ 0 one\ntwo\nthree"], xml.Concat(json).Select(Text));
    }

    [Theory]
    [InlineData("<checkresults><checkresult></checkresults>")]
    [InlineData("garbage")]
    [InlineData("")]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><checkresults>&x;</checkresults>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;&x;'>]><checkresults>&y;</checkresults>")]
    [InlineData("<checkresults>&nothing;</checkresults>")]
    public void OfXml_WhatIsNone_IsRefused(string text)
    {
        Assert.Null(NrdpResults.OfXml(text, out var problem));
        Assert.StartsWith("it is no XML at line", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void OfXml_DeepElements_AreRefused() => Assert.Null(NrdpResults.OfXml(
        string.Concat(Enumerable.Repeat("<a>", 100_000)), out _));

    [Theory]
    [InlineData("[]", "it has no list 'checkresults'")]
    [InlineData("{\"checkresults\":1}", "it has no list 'checkresults'")]
    [InlineData("{\"checkresults\":[1]}", "an entry of 'checkresults' is no object")]
    [InlineData("{\"checkresults\":", "it is no JSON at line 1, byte 17, or too deep")]
    [InlineData("{\"checkresults\":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}", "it is no JSON")]
    public void OfJson_WhatIsNone_IsRefused(string text, string expected)
    {
        Assert.Null(NrdpResults.OfJson(text, out var problem));
        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<hostname>a</hostname><state>good</state>", "its state is no number")]
    [InlineData("<state>0</state>", "it names no host")]
    [InlineData("<hostname>a&#10;b</hostname><state>0</state>", "no object has such a name")]
    public void Result_ThatCanBeNobodys_SaysWhyAndHarmsNoOther(string fields, string expected)
    {
        var results = NrdpResults.OfXml(
            $"<c><checkresult>{fields}</checkresult><checkresult><hostname>b</hostname><state>0</state></checkresult></c>", out _)!;
        Assert.Equal([expected, null], results.Select(result => result.Problem));
    }

    /// <summary>Damaged texts of both forms: read or refused, never an exception.</summary>
    [Fact]
    public void Texts_ThatAreDamaged_AreReadOrRefused()
    {
        var random = new Random(11);
        const string Xml = "<?xml version='1.0'?><checkresults><checkresult type='service'><hostname>a</hostname>"
            + "<servicename>b</servicename><state>1</state><output><![CDATA[c]]></output></checkresult></checkresults>";
        const string Json = "{\"checkresults\":[{\"checkresult\":{\"type\":\"service\"},\"hostname\":\"a\",\"servicename\":\"b\","
            + "\"state\":\"1\",\"output\":\"c\"}]}";
        var read = 0;
        for (var run = 0; run < 4000; run++)
        {
            var text = new StringBuilder(run % 2 == 0 ? Xml : Json);
            for (var change = random.Next(3); change >= 0; change--)
            {
                var place = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0:
                        text[place] = (char)random.Next(0x180);
                        break;
                    case 1:
                        text.Remove(place, random.Next(text.Length - place));
                        break;
                    default:
                        text.Insert(place, text.ToString(place, random.Next(text.Length - place)));
                        break;
                }

                if (text.Length == 0)
                {
                    break;
                }
            }

            var results = run % 2 == 0 ? NrdpResults.OfXml(text.ToString(), out _) : NrdpResults.OfJson(text.ToString(), out _);
            read += results is null ? 0 : 1;
        }

        Assert.InRange(read, 100, 3900);
    }

    private static string Text(PassiveResult result) =>
        $"{result.Host}/{result.Service} {result.Code} {Encoding.UTF8.GetString(result.Output.Span)}";
}
