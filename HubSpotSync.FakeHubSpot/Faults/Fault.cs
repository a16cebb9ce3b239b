namespace HubSpotSync.FakeHubSpot.Faults;

/// <summary>What goes wrong with one call.</summary>
public sealed record Fault
{
    public FaultAnswer Answer { get; init; }
    public int Status { get; init; }

    /// <summary>The fake does the work first, and only then the answer is lost or replaced.</summary>
    public bool AfterCommit { get; init; }

    /// <summary>Before anything happens; of a slow answer, how long it takes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>After the work, if any, and before the connection is dropped: the caller runs out of time.</summary>
    public TimeSpan Hang { get; init; }

    public int? RetryAfterSeconds { get; init; }

    /// <summary>Of a 429: which limit it names.</summary>
    public string? PolicyName { get; init; }

    /// <summary>Of a batch: the places of the inputs that fail, from 0.</summary>
    public IReadOnlyList<int> FailedRows { get; init; } = [];

    public static Fault With(int status, int? retryAfterSeconds = null) =>
        new() { Answer = FaultAnswer.Status, Status = status, RetryAfterSeconds = retryAfterSeconds };

    public static Fault WithAfterCommit(int status) => With(status) with { AfterCommit = true };

    public static Fault DropBeforeWork { get; } = new();

    public static Fault DropAfterCommit { get; } = new() { AfterCommit = true };

    public static Fault Wait(TimeSpan delay) => new() { Answer = FaultAnswer.AsItIs, Delay = delay };
}
