using HubSpotSync.FakeHubSpot.Faults;

namespace HubSpotSync.FakeHubSpot.Control;

/// <param name="Kind">status, drop or delay.</param>
internal sealed record FaultBody(
    string Kind,
    string Method = "*",
    string PathPrefix = "/",
    int Times = 1,
    int? Status = null,
    int? RetryAfter = null,
    bool AfterCommit = false,
    int DelayMs = 0)
{
    public Fault? ToFault() => this switch
    {
        { Kind: "status", Status: >= 400 and < 600 } => new Fault
        {
            Status = Status,
            RetryAfterSeconds = RetryAfter,
            AfterCommit = AfterCommit,
            Delay = TimeSpan.FromMilliseconds(DelayMs),
        },
        { Kind: "drop" } => new Fault { AfterCommit = AfterCommit, Delay = TimeSpan.FromMilliseconds(DelayMs) },
        { Kind: "delay", DelayMs: > 0 } => Fault.Wait(TimeSpan.FromMilliseconds(DelayMs)),
        _ => null,
    };
}
