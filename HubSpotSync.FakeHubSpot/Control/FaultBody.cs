using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.FakeHubSpot.Limits;

namespace HubSpotSync.FakeHubSpot.Control;

/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Times">How many calls it strikes: one, or with a share all until it is deleted.</param>
internal sealed record FaultBody(
    string? Kind = null,
    string Method = "*",
    string PathPrefix = "/",
    string Path = "*",
    int? PortalId = null,
    int? Times = null,
    int Skip = 0,
    double Share = 1,
    int Seed = 1,
    int? Status = null,
    int? RetryAfter = null,
    string? PolicyName = null,
    bool AfterCommit = false,
    int DelayMs = 0,
    IReadOnlyList<int>? Rows = null)
{
    public const string Kinds = "status, html, drop, timeout, truncate, slow, delay, partial";

    private const int UsualTimeoutMs = 30_000;

    /// <summary>Null when all is well, else what is wrong.</summary>
    public string? Problem() => this switch
    {
        { Kind: null } => $"kind is missing; it is one of {Kinds}.",
        { Times: < 1 } => "times must be at least 1.",
        { Skip: < 0 } => "skip must not be negative.",
        { Share: <= 0 or > 1 or double.NaN } => "share must be above 0 and at most 1.",
        { DelayMs: < 0 or > FakeOptionsValidation.LongestDelayMs } =>
            $"delayMs must be from 0 to {FakeOptionsValidation.LongestDelayMs}.",
        { RetryAfter: < 0 } => "retryAfter must not be negative.",
        { Kind: "status", Status: null or < 400 or > 599 } => "kind status needs a status from 400 to 599.",
        { Kind: "html", Status: < 200 or > 599 } => "the status of an html answer must be from 200 to 599.",
        { Kind: "slow" or "delay", DelayMs: 0 } => $"kind {Kind} needs delayMs.",
        { Kind: "partial", Rows: null or { Count: 0 } } => "kind partial needs rows, the places of inputs from 0.",
        { PolicyName: not null } when !LimitBody.PolicyNames.Contains(PolicyName) =>
            $"policyName must be one of {string.Join(", ", LimitBody.PolicyNames)}.",
        _ when AnswerOf(Kind) is null => $"kind '{Kind}' is unknown; it is one of {Kinds}.",
        _ => null,
    };

    /// <summary>Only after <see cref="Problem"/> found none.</summary>
    public PlannedFault Plan() => new(
        new FaultMatch(Method, PathPrefix, Path, PortalId),
        new Fault
        {
            Answer = AnswerOf(Kind) ?? FaultAnswer.Drop,
            Status = Status ?? (Kind == "html" ? 502 : 0),
            AfterCommit = AfterCommit,
            RetryAfterSeconds = RetryAfter,
            PolicyName = PolicyName,
            Delay = TimeSpan.FromMilliseconds(Kind == "timeout" ? 0 : DelayMs),
            Hang = TimeSpan.FromMilliseconds(Kind != "timeout" ? 0 : DelayMs > 0 ? DelayMs : UsualTimeoutMs),
            FailedRows = Rows ?? [],
        },
        Times ?? (Share < 1 ? null : 1), Skip, Share, Seed);

    private static FaultAnswer? AnswerOf(string? kind) => kind switch
    {
        "status" => FaultAnswer.Status,
        "html" => FaultAnswer.Html,
        "drop" or "timeout" => FaultAnswer.Drop,
        "truncate" => FaultAnswer.Half,
        "slow" => FaultAnswer.Slowly,
        "delay" => FaultAnswer.AsItIs,
        "partial" => FaultAnswer.PartOfBatch,
        _ => null,
    };
}
