using System.Text;
using HubSpotSync.FakeHubSpot.Webhooks;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>The first is HubSpot's published sample; the others were worked out apart from this code.</summary>
public sealed class WebhookSignatureTests
{
    private const string Secret = "test-client-secret";
    private const string Address = "https://sync.example.test/hubspot/webhooks";
    private const long Milliseconds = 1_790_000_000_000;
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""[{"eventId":1,"objectId":42}]""");

    [Fact]
    public void The_published_sample_comes_out() => Assert.Equal(
        "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=",
        WebhookSignature.V3(
            "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy",
            "POST",
            "https://www.example.com/webhook_uri",
            Encoding.UTF8.GetBytes("{'example_field':'example_value'}"),
            1_693_657_560_000));

    [Theory]
    [InlineData("", "FLjsmsxW4BXf50bxRdSA1kNqSI2VU4X7x4FY2cwEftI=")]
    [InlineData("?src=a:b/c", "ffhaE2yz4cYLqeXGb4Rs+UR87FppNE0B1GsfyXCDF14=")]
    [InlineData("?src=a%3Ab%2Fc", "ffhaE2yz4cYLqeXGb4Rs+UR87FppNE0B1GsfyXCDF14=")]
    [InlineData("?src=a%3ab%2fc", "ffhaE2yz4cYLqeXGb4Rs+UR87FppNE0B1GsfyXCDF14=")]
    public void Version_3_signs_the_address_with_some_escapes_undone(string query, string signature) =>
        Assert.Equal(signature, WebhookSignature.V3(Secret, "POST", Address + query, Body, Milliseconds));

    [Theory]
    [InlineData("%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B", ":/?@!$'()*,;", true)]
    [InlineData("%20%26%3D%2B%23%25", " &=+#%", false)]
    public void Only_twelve_escapes_are_undone(string escaped, string plain, bool same)
    {
        var one = WebhookSignature.V3(Secret, "POST", $"{Address}?q={escaped}", Body, Milliseconds);
        var other = WebhookSignature.V3(Secret, "POST", $"{Address}?q={plain}", Body, Milliseconds);

        Assert.Equal(same, one == other);
    }

    [Fact]
    public void The_older_versions_are_hex() => Assert.Equal(
        (
            "28f69a9e4868e9193f4dd6fb098d4c2fe7b1d571693c801ce329c1761e03baf7",
            "f5b1932853f0b64efebc41dfbf222add650bb82eb5a7931947c3a628fa9b454d"),
        (WebhookSignature.V1(Secret, Body), WebhookSignature.V2(Secret, "POST", Address, Body)));
}
