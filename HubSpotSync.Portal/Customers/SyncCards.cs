using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Links;
using HubSpotSync.Portal.Why;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers;

/// <summary>How one record is kept in step, for the card beside it.</summary>
internal sealed record SyncCard(
    bool IsConnected, RecordOutcome? Outcome, string Why, string? Href, DateTimeOffset? LinkedAt)
{
    /// <summary>A look is on its way; the card asks again by itself.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>When HubSpot last got something from here; <c>null</c>: never, or that was long ago.</summary>
    public DateTimeOffset? PushedAt { get; init; }

    /// <summary>The record's own page of the sync, which says why; <c>null</c>: there is nothing to say.</summary>
    public string? WhyHref { get; init; }

    public bool IsLinked => LinkedAt is not null;

    /// <summary>A person took it out of the sync.</summary>
    public bool IsSetApart { get; init; }

    /// <summary>Where the card asks.</summary>
    public string? Address { get; init; }

    /// <summary>How often it has asked.</summary>
    public int Looks { get; init; }

    /// <summary>At first many times a second, since a push takes less than that; then more and more slowly.</summary>
    public string Delay => Looks switch
    {
        < 12 => "300ms",
        < 30 => "1s",
        _ => "5s",
    };
}

/// <summary>A look that is due, or was given up.</summary>
internal sealed record WaitingLook(DateTimeOffset RequestedAt, bool IsParked);

/// <summary>Reads how a record stands with HubSpot, and why.</summary>
internal sealed class SyncCards(CrmDbContext db, TimeProvider clock)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(15);

    public async Task<SyncCard> ReadAsync(
        Guid localId, RecordKind kind, HubSpotConnection? connection, CancellationToken cancellationToken)
    {
        if (connection is null)
        {
            return new SyncCard(false, null, "HubSpot is not connected, so this stays here.", null, null);
        }

        var link = await db.Links.AsNoTracking().FirstOrDefaultAsync(
            link => link.ConnectionId == connection.Id && link.Kind == kind && link.LocalId == localId,
            cancellationToken);
        // Before the outcome: who is on its way no more has one by then, and the card does not stop asking too early.
        var look = await WaitingAsync(connection.Id, kind, localId, link, cancellationToken);
        var outcome = await db.Outcomes.AsNoTracking()
            .Where(outcome => outcome.ConnectionId == connection.Id
                && outcome.Kind == kind
                && outcome.LocalId == localId)
            .OrderByDescending(outcome => outcome.At)
            .FirstOrDefaultAsync(cancellationToken);
        var isWaiting = look is { IsParked: false } && connection.State == ConnectionState.Connected;
        return new SyncCard(
            true,
            outcome,
            look is { IsParked: false } ? OnItsWay(look, connection, link is not null)
                : outcome is not null ? ReasonWords.Say(outcome.Reason, outcome.Detail, connection)
                : WhyNot(kind, connection, link is not null),
            link is null ? null : HubSpotLinks.Record(connection, kind, link.HubspotId),
            link?.LinkedAt)
        {
            IsWaiting = isWaiting,
            IsSetApart = link?.SetApartAt is not null,
            WhyHref = RecordAddress.Of(kind, link?.HubspotId ?? outcome?.HubspotId, localId).Href,
            PushedAt = await PushedAsync(localId, connection, outcome, cancellationToken),
        };
    }

    private async Task<WaitingLook?> WaitingAsync(
        Guid connectionId, RecordKind kind, Guid localId, RecordLink? link, CancellationToken cancellationToken)
    {
        var (local, linked) = ($"l{localId}", link is null ? "" : $"h{link.HubspotId}");
        return await db.Database
            .SqlQuery<WaitingLook>(
                $"""
                select requested_at as "RequestedAt", parked_at is not null as "IsParked" from sync_requests
                  where connection_id = {connectionId} and kind = {kind.ToString()}
                    and record_key in ({local}, {linked})
                """)
            .OrderBy(look => look.IsParked)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<DateTimeOffset?> PushedAsync(
        Guid localId, HubSpotConnection connection, RecordOutcome? outcome, CancellationToken cancellationToken) =>
        outcome is not { State: OutcomeState.InSync, Reason: OutcomeReason.Agreed }
            ? null
            : await db.Changes
                .Where(change => change.LocalId == localId && change.ConnectionId == connection.Id
                    && change.Side == "HubSpot")
                .OrderByDescending(change => change.At)
                .Select(change => (DateTimeOffset?)change.At)
                .FirstOrDefaultAsync(cancellationToken);

    private string OnItsWay(WaitingLook look, HubSpotConnection connection, bool isLinked) => connection switch
    {
        { State: ConnectionState.NeedsReconnection } =>
            "Waits: HubSpot no longer accepts our connection. An admin reconnects it, then this goes on by itself.",
        { State: ConnectionState.Paused } => "Waits: an admin paused syncing. It goes as soon as somebody resumes.",
        { FirstRunDoneAt: null } => "Waits for the first sync, which brings it along.",
        _ when clock.GetUtcNow() - look.RequestedAt > Usual =>
            "Still on its way. Nothing is lost: it goes as soon as HubSpot and our worker answer.",
        _ => isLinked ? "On its way to HubSpot…" : "On its way to HubSpot, where it is new…",
    };

    private static string WhyNot(RecordKind kind, HubSpotConnection connection, bool isLinked) =>
        (kind, connection) switch
        {
            _ when isLinked => "Linked; the next sync looks at it.",
            (RecordKind.Company, _) => "Your company is only here: companies come from HubSpot and are not sent there.",
            (_, { Mode: SyncMode.HubSpotIsSource }) =>
                "Your setting: HubSpot is the source of truth and nothing is written there, so this customer is only "
                + "here. Create the contact in HubSpot, and the two are linked by their e-mail.",
            (_, { FirstRunDoneAt: null }) => "Not in HubSpot yet. The first sync brings it along.",
            _ => "Not in HubSpot. The next sync looks at it.",
        };
}
