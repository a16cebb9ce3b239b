using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Duplicates;
using HubSpotSync.Portal.Health;
using HubSpotSync.Portal.Runs;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Why;

namespace HubSpotSync.Portal.Ask;

/// <summary>A line that somebody typed, and what it is answered with.</summary>
/// <param name="Said">In words; a card below it may show more.</param>
internal sealed record AskAnswer(string Question, string Said)
{
    public AskCard? Card { get; init; }
}

/// <summary>What stands below an answer: live, or with buttons.</summary>
internal abstract record AskCard
{
    private AskCard()
    {
    }

    internal sealed record Status(HubSpotConnection Connection, SyncCounts Counts) : AskCard;

    /// <summary>A run as it happens.</summary>
    internal sealed record Run(SyncRun Of) : AskCard;

    internal sealed record Why(Standing Standing, Explanation Explanation) : AskCard;

    /// <summary>Several records are called so.</summary>
    internal sealed record Found(IReadOnlyList<FoundRecord> Candidates) : AskCard;

    /// <summary>The worker is asked whom HubSpot has.</summary>
    internal sealed record Looking(string Email, int Looks) : AskCard;

    internal sealed record Records(
        HubSpotConnection Connection, IReadOnlyList<Cause> Causes, IReadOnlyList<OutcomeRow> Rows) : AskCard;

    internal sealed record Pair(Comparison Two, int Left) : AskCard;

    internal sealed record Imported(SyncRun Of, IReadOnlyList<RunChange> Changes, int Waiting) : AskCard;

    internal sealed record Help : AskCard;

    /// <summary>A way on.</summary>
    internal sealed record Link(string Href, string Label) : AskCard;
}

/// <summary>A record that a line may be about.</summary>
internal sealed record FoundRecord(string Name, string? Detail, RecordAddress Address);
