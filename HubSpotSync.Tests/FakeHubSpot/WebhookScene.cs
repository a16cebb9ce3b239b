using System.Text.Json;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>A fake, an app in its main account, and the address that hears of what happens there.</summary>
internal sealed class WebhookScene : IAsyncDisposable
{
    public const string People = "/_fake/accounts/12345/objects/contacts";

    private WebhookScene(FakeHubSpotHost host, WebhookReceiver receiver)
    {
        (Host, Receiver) = (host, receiver);
        (Control, App) = (host.Anonymous(), host.Connect());
    }

    public FakeHubSpotHost Host { get; }
    public WebhookReceiver Receiver { get; }
    public HubSpotCaller Control { get; }
    public HubSpotCaller App { get; }

    /// <summary>Subscriptions as <c>contact.propertyChange email</c> or <c>object.creation @0-1</c>.</summary>
    public static async Task<WebhookScene> StartAsync(params IReadOnlyList<string> subscriptions)
    {
        var scene = new WebhookScene(
            await FakeHubSpotHost.StartAsync(TestContext.Current.CancellationToken),
            await WebhookReceiver.StartAsync());
        await scene.SubscribeAsync(subscriptions);
        return scene;
    }

    public async Task SubscribeAsync(IReadOnlyList<string> subscriptions)
    {
        var answer = await Control.PutAsync(
            "/_fake/webhooks",
            new { targetUrl = Receiver.Target, subscriptions = subscriptions.Select(Subscription) });
        Assert.Equal(200, answer.Status);
    }

    public async Task SetAsync(object settings) =>
        Assert.Equal(200, (await Control.PutAsync("/_fake/webhooks/settings", settings)).Status);

    public Task<HubSpotAnswer> ShowAsync() => Control.GetAsync("/_fake/webhooks");

    /// <summary>All events heard so far, once nothing more is due.</summary>
    public async Task<IReadOnlyList<JsonElement>> HearAsync()
    {
        var answer = await Control.PostAsync("/_fake/webhooks/flush", new { });
        Assert.Equal("True", answer.At("done"));
        return Receiver.Events;
    }

    public async Task<JsonElement> HearOneAsync(string type) =>
        Assert.Single(await HearAsync(), told => Type(told) == type);

    public static string Type(JsonElement told) =>
        told.GetProperty("subscriptionType").GetString()!; // always a text

    public async ValueTask DisposeAsync()
    {
        Control.Dispose();
        App.Dispose();
        await Host.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    private static object Subscription(string text)
    {
        var words = text.Split(' ');
        return new
        {
            eventType = words[0],
            propertyName = words.Skip(1).FirstOrDefault(word => word[0] != '@'),
            objectTypeId = words.Skip(1).FirstOrDefault(word => word[0] == '@')?[1..],
        };
    }
}
