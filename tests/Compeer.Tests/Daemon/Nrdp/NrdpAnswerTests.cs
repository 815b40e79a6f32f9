using System.Text;
using Compeer.Daemon.Nrdp;

namespace Compeer.Tests.Daemon.Nrdp;

/// <summary>What NRDP answers.</summary>
public sealed class NrdpAnswerTests
{
    [Fact]
    public void Xml_OfWhatWasDone_IsNrdps() => Assert.Equal(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <result>
            <status>0</status>
            <message>OK</message>
            <meta>
                <output>2 checks processed</output>
            </meta>
        </result>

        """,
        NrdpAnswer.Done("2 checks processed").ToXml());

    [Fact]
    public void Xml_OfAnError_IsEscaped() => Assert.Contains(
        "    <status>-1</status>\n    <message>BAD XML</message>\n    <information>&lt;&amp;</information>\n",
        NrdpAnswer.Error("BAD XML", "<&").ToXml(),
        StringComparison.Ordinal);

    [Fact]
    public void Json_OfEach_IsNrdps()
    {
        Assert.Equal(
            """{"result":{"status":0,"message":"OK","meta":{"output":"1 checks processed"}}}""",
            Encoding.UTF8.GetString(NrdpAnswer.Done("1 checks processed").ToJson(isPretty: false)));
        Assert.Equal(
            """{"result":{"status":-1,"message":"BAD TOKEN"}}""",
            Encoding.UTF8.GetString(NrdpAnswer.Error("BAD TOKEN").ToJson(isPretty: false)));
    }
}
