namespace HubSpotSync.FakeHubSpot.Faults;

/// <summary>What goes wrong with one call. Without a status the connection is dropped.</summary>
public sealed record Fault
{
    public int? Status { get; init; }

    /// <summary>The fake does the work first, and only then the answer is lost or replaced.</summary>
    public bool AfterCommit { get; init; }

    public bool OnlyDelay { get; init; }
    public TimeSpan Delay { get; init; }
    public int? RetryAfterSeconds { get; init; }

    public static Fault Answer(int status, int? retryAfterSeconds = null) =>
        new() { Status = status, RetryAfterSeconds = retryAfterSeconds };

    public static Fault AnswerAfterCommit(int status) => new() { Status = status, AfterCommit = true };

    public static Fault DropBeforeWork { get; } = new();

    public static Fault DropAfterCommit { get; } = new() { AfterCommit = true };

    public static Fault Wait(TimeSpan delay) => new() { OnlyDelay = true, Delay = delay };
}
