using System.Collections.Concurrent;
using HubSpotSync.FakeHubSpot.Changes;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Store;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>Turns changes into events for those who asked, one queue an account.</summary>
internal sealed class WebhookOutbox : IDisposable
{
    private readonly ConcurrentDictionary<int, AccountQueue> _queues = [];
    private readonly SemaphoreSlim _wake = new(0);
    private readonly WebhookSubscriptions _subscriptions;
    private readonly Installations _installations;
    private readonly DeliverySettings _settings;
    private readonly FakeOptions _options;

    public WebhookOutbox(
        FakeAccounts accounts,
        WebhookSubscriptions subscriptions,
        Installations installations,
        DeliverySettings settings,
        IOptions<FakeOptions> options)
    {
        (_subscriptions, _installations, _settings, _options) =
            (subscriptions, installations, settings, options.Value);
        accounts.Listen(Take);
    }

    public IReadOnlyList<AccountQueue> Queues =>
        [.. _queues.OrderBy(pair => pair.Key).Select(pair => pair.Value)];

    public bool IsEmpty => _queues.Values.All(
        queue => queue.Counts is { Pending: 0, WaitingForRetry: 0, CallsInFlight: 0 });

    public void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    /// <summary>True as soon as there is something new, false when the time is up.</summary>
    public Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancellationToken) =>
        _wake.WaitAsync(patience, cancellationToken);

    public void Reset() => _queues.Clear();

    public void Dispose() => _wake.Dispose();

    private void Take(FakeAccount account, RecordChange change)
    {
        if (_subscriptions.Target is null)
        {
            return;
        }

        foreach (var happening in WebhookEventTypes.NamesOf(change))
        {
            foreach (var subscription in _subscriptions.Matching(change, happening))
            {
                if (!_installations.Grants(account.PortalId, $"crm.objects.{change.Type.Plural()}.read"))
                {
                    return;
                }

                QueueOf(account.PortalId).Add(
                    eventId => WebhookEvent.Of(
                        change, happening, subscription, (eventId, account.PortalId, _options.AppId)));
                Wake();
            }
        }
    }

    private AccountQueue QueueOf(int portalId) => _queues.GetOrAdd(
        portalId, static (id, outbox) => new AccountQueue(id, outbox._options.Seed, outbox._settings), this);
}
