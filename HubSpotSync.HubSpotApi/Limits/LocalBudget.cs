namespace HubSpotSync.HubSpotApi.Limits;

/// <summary>The same rolling log within one process.</summary>
internal sealed class LocalBudget(TimeProvider clock)
{
    private readonly Dictionary<(long HubId, string Limit), Account> _accounts = [];

    public TimeSpan Take(long hubId, RateLimit limit)
    {
        var now = clock.GetTimestamp();
        lock (_accounts)
        {
            var account = AccountOf(hubId, limit);
            if (account.BlockedUntil > now)
            {
                return clock.GetElapsedTime(now, account.BlockedUntil);
            }

            Forget(account, limit, now);
            if (account.Sent.Count < limit.Requests)
            {
                account.Sent.Enqueue(now);
                return TimeSpan.Zero;
            }

            return limit.Window - clock.GetElapsedTime(account.Sent.Peek(), now);
        }
    }

    /// <summary>Counts a request that somebody else let go.</summary>
    public void Note(long hubId, RateLimit limit)
    {
        var now = clock.GetTimestamp();
        lock (_accounts)
        {
            var account = AccountOf(hubId, limit);
            Forget(account, limit, now);
            account.Sent.Enqueue(now);
        }
    }

    /// <summary>How many went out of this process within the window.</summary>
    public int CountOf(long hubId, RateLimit limit)
    {
        var now = clock.GetTimestamp();
        lock (_accounts)
        {
            var account = AccountOf(hubId, limit);
            Forget(account, limit, now);
            return account.Sent.Count;
        }
    }

    public void Block(long hubId, RateLimit limit, TimeSpan time)
    {
        lock (_accounts)
        {
            AccountOf(hubId, limit).BlockedUntil =
                clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);
        }
    }

    private void Forget(Account account, RateLimit limit, long now)
    {
        while (account.Sent.TryPeek(out var oldest) && clock.GetElapsedTime(oldest, now) >= limit.Window)
        {
            account.Sent.Dequeue();
        }
    }

    private Account AccountOf(long hubId, RateLimit limit)
    {
        if (!_accounts.TryGetValue((hubId, limit.Name), out var account))
        {
            _accounts.Add((hubId, limit.Name), account = new Account());
        }

        return account;
    }

    private sealed class Account
    {
        public Queue<long> Sent { get; } = new();
        public long BlockedUntil { get; set; }
    }
}
