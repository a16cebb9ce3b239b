namespace HubSpotSync.Tests.Rounds;

/// <summary>What is going on when the fault strikes.</summary>
internal enum Work
{
    /// <summary>The first full run.</summary>
    Import,

    /// <summary>Customers are made and edited here, and contacts in HubSpot.</summary>
    Pushes,

    /// <summary>All of it at once, and HubSpot tells of its edits.</summary>
    Everything,
}

internal enum Strike
{
    WorkerKilled,
    WorkerFrozen,
    AllWorkersKilled,
    RedisKilled,
    RedisFrozen,
    PostgresCrashed,
    SessionsCut,
    AnswerLostAndWorkerKilled,
}

/// <summary>Where the work is when the fault strikes.</summary>
internal enum Instant
{
    /// <summary>HubSpot has the request and has not done it yet.</summary>
    Asked,

    /// <summary>HubSpot has answered.</summary>
    Answered,

    /// <summary>Postgres has written a page and not committed it yet.</summary>
    Committing,

    /// <summary>HubSpot has written what it was sent, and nobody will hear of it.</summary>
    Written,
}

/// <param name="Nth">So many requests to HubSpot go before; of what is written, so many batches.</param>
/// <param name="Variant">Drawn for whatever else a strike may choose.</param>
internal sealed record RoundPlan(int Seed, Work Work, Strike Strike, Instant Instant, int Nth, int Variant)
{
    /// <summary>
    /// Twenty-four seeds in a row have every strike meet every work, seventy-two at every instant. The rest is drawn.
    /// </summary>
    public static RoundPlan Draw(int seed)
    {
        var random = new Random(seed);
        var work = (Work)(seed / 8 % 3);
        var strike = (Strike)(seed % 8);
        var instant = strike == Strike.AnswerLostAndWorkerKilled
            ? Instant.Written
            : (Instant)(((seed % 8) + (seed / 8) + (seed / 24)) % 3);
        var nth = instant == Instant.Written ? random.Next(2) : random.Next(1, work == Work.Pushes ? 8 : 16);
        return new RoundPlan(seed, work, strike, instant, nth, random.Next(1 << 16));
    }

    public override string ToString() => $"{Strike} during {Work}, {Instant} after {Nth}";
}
