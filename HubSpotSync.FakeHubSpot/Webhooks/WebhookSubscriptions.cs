using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Changes;
using HubSpotSync.FakeHubSpot.Store;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>What the app wants to hear of: one list and one address for every account that installed it.</summary>
internal sealed class WebhookSubscriptions
{
    public const int Most = 1_000;

    private readonly Lock _gate = new();
    private readonly FakeClock _clock;
    private readonly WebhookOptions _options;
    private readonly SortedDictionary<int, WebhookSubscription> _all = [];
    private ILookup<(string Subject, string Happening, string? Property), WebhookSubscription> _active = Empty;
    private int _lastId;

    public WebhookSubscriptions(FakeClock clock, IOptions<FakeOptions> options)
    {
        (_clock, _options) = (clock, options.Value.Webhooks);
        Reset();
    }

    public WebhookTarget? Target { get; private set; }

    public IReadOnlyList<WebhookSubscription> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _all.Values];
            }
        }
    }

    private static ILookup<(string, string, string?), WebhookSubscription> Empty =>
        Enumerable.Empty<WebhookSubscription>().ToLookup(_ => ("", "", (string?)null));

    public void Reset()
    {
        Target = null;
        Replace([]);
        if (!string.IsNullOrEmpty(_options.TargetUrl))
        {
            Point(_options.TargetUrl, _options.MaxConcurrentRequests, WebhookTarget.Secondly);
            Replace(UsualSubscriptions.All);
        }
    }

    public WebhookTarget Point(string targetUrl, int maxConcurrentRequests, string period)
    {
        lock (_gate)
        {
            return Target = new WebhookTarget(targetUrl, maxConcurrentRequests, Target?.CreatedAt ?? _clock.Now)
            {
                Period = period,
                UpdatedAt = _clock.Now,
            };
        }
    }

    /// <summary>The subscriptions stay, and wait for the next address.</summary>
    public void RemoveTarget() => Target = null;

    public WebhookSubscription? Find(int id)
    {
        lock (_gate)
        {
            return _all.GetValueOrDefault(id);
        }
    }

    public WebhookSubscription Add(NewSubscription asked)
    {
        lock (_gate)
        {
            if (_all.Count >= Most)
            {
                throw Refuse.Validation($"An app can have at most {Most} subscriptions.");
            }

            if (_all.Values.Any(asked.IsSameAs))
            {
                throw new RefusalException(409, new ErrorBody("This subscription exists already.", "CONFLICT"));
            }

            return Put(New(asked));
        }
    }

    public WebhookSubscription? Activate(int id, bool active)
    {
        lock (_gate)
        {
            return _all.GetValueOrDefault(id) is { } subscription
                ? Put(subscription with { Active = active, UpdatedAt = _clock.Now })
                : null;
        }
    }

    public bool Remove(int id)
    {
        lock (_gate)
        {
            var removed = _all.Remove(id);
            Rebuild();
            return removed;
        }
    }

    /// <summary>As the deploy of a project app does: what was there before is gone.</summary>
    public void Replace(IReadOnlyList<NewSubscription> wanted)
    {
        lock (_gate)
        {
            _all.Clear();
            foreach (var asked in wanted)
            {
                var subscription = New(asked);
                _all[subscription.Id] = subscription;
            }

            Rebuild();
        }
    }

    /// <summary>The active subscriptions for one name of a change, typed and generic.</summary>
    public IEnumerable<WebhookSubscription> Matching(RecordChange change, string happening)
    {
        var property = (change as RecordChange.PropertyChanged)?.Property;
        var active = _active;
        return active[(change.Type.Singular(), happening, property)]
            .Concat(active[(WebhookEventTypes.Generic, happening, property)].Where(IsAboutType));

        bool IsAboutType(WebhookSubscription generic) =>
            ObjectTypes.TryParse(generic.ObjectTypeId, out var type) && type == change.Type;
    }

    private WebhookSubscription New(NewSubscription asked) =>
        new(++_lastId, asked.EventType, asked.PropertyName, asked.ObjectTypeId, asked.Active, _clock.Now);

    private WebhookSubscription Put(WebhookSubscription subscription)
    {
        _all[subscription.Id] = subscription;
        Rebuild();
        return subscription;
    }

    private void Rebuild() => _active = _all.Values.Where(subscription => subscription.Active)
        .ToLookup(subscription => (subscription.Subject, subscription.Happening, subscription.PropertyName));
}
