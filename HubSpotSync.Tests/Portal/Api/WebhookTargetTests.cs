using System.Net;
using HubSpotSync.Portal.OutgoingWebhooks;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>Nobody makes the portal call what only it can reach.</summary>
public sealed class WebhookTargetTests
{
    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.8.8", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)] // where clouds keep their secrets
    [InlineData("100.64.0.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2606:4700::1111", true)]
    public void Addresses_of_the_internet_are_told_from_others(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://example.com/hooks?of=us", true)]
    [InlineData("http://example.com/", false)]
    [InlineData("https://localhost/", false)]
    [InlineData("https://127.1/", false)]
    [InlineData("https://0x7f000001/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[::ffff:10.0.0.1]/", false)]
    [InlineData("https://user:pass@example.com/", false)]
    [InlineData("https://example.com/#here", false)]
    [InlineData("ftp://example.com/", false)]
    [InlineData("//example.com/", false)]
    [InlineData("nothing", false)]
    [InlineData("", false)]
    public void An_address_is_checked_when_it_is_given(string url, bool isGood) =>
        Assert.Equal(isGood, WebhookUrl.ProblemOf(url, allowsPrivate: false) is null);

    [Fact]
    public async Task And_where_its_name_leads_when_it_is_called()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var portal = await PortalHost.StartAsync(("OutgoingWebhooks:Interval", "00:00:00.05"));
        var url = new UriBuilder(receiver.Target) { Host = "localhost" }.Uri.AbsoluteUri; // a name that leads here
        var (hook, _) = await portal.AddWebhookAsync(url, "customer.created");

        await portal.AddCustomerAsync("Ada", null, null);
        var seen = await portal.DeliveryAsync(
            hook, state => state.Contains("private network", StringComparison.Ordinal), "the refusal");

        Assert.StartsWith("Waiting 1", seen, StringComparison.Ordinal);
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task No_redirect_is_followed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var portal = await PortalHost.StartAsync(
            ("OutgoingWebhooks:Interval", "00:00:00.05"), ("OutgoingWebhooks:AllowPrivateTargets", "true"));
        receiver.Answer = _ => Task.FromResult(307);
        var (hook, _) = await portal.AddWebhookAsync(receiver.Target, "customer.created");

        await portal.AddCustomerAsync("Ada", null, null);
        await portal.DeliveryAsync(
            hook, state => state.Contains("Redirects are not followed", StringComparison.Ordinal), "the refusal");

        Assert.Single(receiver.Calls);
    }
}
