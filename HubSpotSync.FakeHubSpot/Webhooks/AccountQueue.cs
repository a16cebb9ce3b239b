using System.Diagnostics;
using Bogus;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>
/// One account's events on their way out. What is left to chance is drawn when an event is put in, so that one seed
/// and one order of writes always give the same.
/// </summary>
internal sealed class AccountQueue(int portalId, int seed, DeliverySettings settings)
{
    private const int Remembered = 50;

    private readonly Lock _gate = new();
    private readonly Randomizer _random = new(unchecked((seed * 397) ^ portalId));
    private readonly Queue<WaitingEvent> _fresh = [];
    private readonly List<WaitingEvent> _ready = [];
    private readonly PriorityQueue<Delivery, DateTimeOffset> _retries = new();
    private readonly Queue<DeliveryRecord> _recent = [];
    private DeliveryCounts _counts = new(portalId);

    public int PortalId => portalId;

    public DeliveryCounts Counts
    {
        get
        {
            lock (_gate)
            {
                return _counts with
                {
                    Pending = _fresh.Count + _ready.Count,
                    NextRetryAt = _retries.TryPeek(out _, out var due) ? due : null,
                };
            }
        }
    }

    public IReadOnlyList<DeliveryRecord> Recent
    {
        get
        {
            lock (_gate)
            {
                return [.. _recent];
            }
        }
    }

    public void Add(Func<long, WebhookEvent> make)
    {
        lock (_gate)
        {
            var told = make(_random.Long(1, int.MaxValue));
            var (lost, twice) = (_random.Double() < settings.DropShare, _random.Double() < settings.DuplicateShare);
            if (lost)
            {
                _counts = _counts with { Dropped = _counts.Dropped + 1 };
                return;
            }

            Keep(told);
            if (twice)
            {
                _counts = _counts with { Duplicated = _counts.Duplicated + 1 };
                Keep(told);
            }
        }
    }

    /// <summary>The next call that is due, if one more may be on its way.</summary>
    public Delivery? TryTake(DateTimeOffset now, int mostInFlight)
    {
        lock (_gate)
        {
            if (_counts.CallsInFlight >= mostInFlight || (TakeRetry(now) ?? TakeReady()) is not { } delivery)
            {
                return null;
            }

            var inFlight = _counts.CallsInFlight + 1;
            _counts = _counts with
            {
                CallsInFlight = inFlight,
                MostCallsInFlight = Math.Max(inFlight, _counts.MostCallsInFlight),
            };
            return delivery;
        }
    }

    public void Complete(Delivery delivery, int status, TimeSpan took, DateTimeOffset now)
    {
        lock (_gate)
        {
            Remember(delivery, status, took, now);
            _counts = _counts with { CallsInFlight = _counts.CallsInFlight - 1 };
            if (status is >= 200 and < 300)
            {
                _counts = _counts with { Delivered = _counts.Delivered + delivery.Events.Count };
                return;
            }

            _counts = _counts with { FailedCalls = _counts.FailedCalls + 1 };
            if (RetryPlan.Next(delivery, now, seed) is { } due)
            {
                _retries.Enqueue(delivery with { Attempt = delivery.Attempt + 1 }, due);
                _counts = _counts with { WaitingForRetry = _counts.WaitingForRetry + delivery.Events.Count };
            }
            else
            {
                _counts = _counts with { GivenUp = _counts.GivenUp + delivery.Events.Count };
            }
        }
    }

    /// <summary>The app is gone from the account: nothing that waits may reach it.</summary>
    public void DiscardAll()
    {
        lock (_gate)
        {
            var lost = _fresh.Count + _ready.Count + _counts.WaitingForRetry;
            _fresh.Clear();
            _ready.Clear();
            _retries.Clear();
            _counts = _counts with { Discarded = _counts.Discarded + lost, WaitingForRetry = 0 };
        }
    }

    public bool HasDue(DateTimeOffset now)
    {
        lock (_gate)
        {
            return _counts.CallsInFlight > 0
                || _fresh.Count + _ready.Count > 0
                || (_retries.TryPeek(out _, out var due) && due <= now);
        }
    }

    private void Keep(WebhookEvent told)
    {
        if (_fresh.Count + _ready.Count + _counts.WaitingForRetry >= settings.MostWaiting)
        {
            _counts = _counts with { Discarded = _counts.Discarded + 1 };
            return;
        }

        _fresh.Enqueue(new WaitingEvent(told, Stopwatch.GetTimestamp()));
    }

    private Delivery? TakeRetry(DateTimeOffset now)
    {
        if (!_retries.TryPeek(out var delivery, out var due) || due > now)
        {
            return null;
        }

        _retries.Dequeue();
        _counts = _counts with { WaitingForRetry = _counts.WaitingForRetry - delivery.Events.Count };
        return delivery;
    }

    private Delivery? TakeReady()
    {
        while (_fresh.TryPeek(out var next) && HasWaited(next, settings.DelayMs))
        {
            _ready.Add(_fresh.Dequeue());
        }

        var most = Math.Min(_ready.Count, settings.MaxBatchSize);
        if (most == 0
            || (most < settings.MaxBatchSize && !HasWaited(_ready[0], settings.DelayMs + settings.BatchWindowMs)))
        {
            return null;
        }

        if (settings.Shuffle)
        {
            BringRandomToFront(most);
        }

        var events = _ready.Take(most).Select(waiting => waiting.Event).ToList();
        _ready.RemoveRange(0, most);
        return new Delivery(events, Attempt: 0);
    }

    private void BringRandomToFront(int count)
    {
        for (var index = 0; index < count; index++)
        {
            var other = _random.Number(index, _ready.Count - 1);
            (_ready[index], _ready[other]) = (_ready[other], _ready[index]);
        }
    }

    private void Remember(Delivery delivery, int status, TimeSpan took, DateTimeOffset now)
    {
        _recent.Enqueue(
            new DeliveryRecord(
                WireTime.Format(now),
                portalId,
                delivery.Attempt,
                delivery.Events.Count,
                status,
                (int)took.TotalMilliseconds));
        if (_recent.Count > Remembered)
        {
            _recent.Dequeue();
        }
    }

    private static bool HasWaited(WaitingEvent waiting, int milliseconds) =>
        Stopwatch.GetElapsedTime(waiting.Since).TotalMilliseconds >= milliseconds;
}
