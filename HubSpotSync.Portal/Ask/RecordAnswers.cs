using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Duplicates;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Health;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Why;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Ask;

/// <summary>Answers wishes about records: why one is where it is, which need somebody, which may be one.</summary>
internal sealed class RecordAnswers(
    CrmDbContext db, WorkspaceShell shell, RecordFinder finder, Standings standings, OutcomeList outcomes,
    DuplicateQueue duplicates, Lookups lookups)
{
    private const int Shown = 5;

    /// <summary>HubSpot and the worker take a second; who has waited longer is told so.</summary>
    private const int MostLooks = 30;

    public async Task<AskAnswer> AnswerAsync(
        string question, Wish wish, Asker asker, CancellationToken cancellationToken)
    {
        if ((await shell.RequireAsync(cancellationToken)).Connection is not { } connection)
        {
            return new AskAnswer(question, "HubSpot is not connected, so every record stays here.");
        }

        return wish switch
        {
            Wish.Why why => await WhyAsync(question, connection, why.Subject, asker, cancellationToken),
            Wish.LeftOut => await ListAsync(question, connection, OutcomeState.Excluded, cancellationToken),
            Wish.Duplicates => await PairAsync(question, connection, asker, cancellationToken),
            _ => await ListAsync(question, connection, OutcomeState.Failing, cancellationToken),
        };
    }

    /// <summary>After HubSpot was asked: whom it has, and how that one stands.</summary>
    public async Task<AskAnswer> LookAsync(
        HubSpotConnection connection, string email, int looks, Asker asker, CancellationToken cancellationToken)
    {
        var found = await lookups.FindAsync(connection.Id, email, cancellationToken);
        if (found is { Id: null })
        {
            return new AskAnswer("", $"Neither we nor HubSpot have anybody with the e-mail {email}. "
                + "Look whether it is written otherwise, or is one of somebody's further e-mails.");
        }

        if (found is { Id: { } id })
        {
            var address = RecordAddress.Of(RecordKind.Contact, id, null);
            if (await standings.FindAsync(connection, address, cancellationToken) is { } standing)
            {
                return await WhyAsync("", connection, standing, cancellationToken);
            }

            if (!asker.IsAtLeast(WorkspaceRole.Member))
            {
                return new AskAnswer("", "HubSpot has that contact. The next sync looks at it.");
            }

            if (!await IsOnItsWayAsync(connection.Id, address, cancellationToken))
            {
                await lookups.AskForLookAsync(connection.Id, id, cancellationToken);
            }
        }

        if (looks >= MostLooks)
        {
            return new AskAnswer("", "The worker has not answered. It may be away; ask again in a while.");
        }

        return new AskAnswer("", found is null
            ? "Nobody here has that e-mail. HubSpot is asked…"
            : "HubSpot has that contact. It is looked at…")
        {
            Card = new AskCard.Looking(email, looks + 1),
        };
    }

    public Task<int> CountWaitingAsync(Guid connectionId, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<int>(
            $"""select count(*)::int as "Value" from import_candidates where connection_id = {connectionId}""")
            .SingleAsync(cancellationToken);

    public async Task<AskAnswer> PairAsync(
        string question, HubSpotConnection connection, Asker asker, CancellationToken cancellationToken)
    {
        var counts = await duplicates.CountAsync(cancellationToken);
        if (counts is { Open: 0, SearchedAt: null } && asker.IsAtLeast(WorkspaceRole.Member))
        {
            await duplicates.SearchAsync(cancellationToken);
            counts = await duplicates.CountAsync(cancellationToken);
        }

        var pairs = await duplicates.ReadAsync(null, 0, 1, cancellationToken);
        if (pairs is not [var pair]
            || await lookups.CompareAsync(pair.LowId, pair.HighId, connection, cancellationToken) is not { } two)
        {
            return new AskAnswer(question, "No likely duplicates.")
            {
                Card = new AskCard.Link("/settings/integrations/hubspot/duplicates", "Open duplicates"),
            };
        }

        return new AskAnswer(question, $"{Numbers.Of(counts.Open, "pair")} may be one person each. The first:")
        {
            Card = new AskCard.Pair(two, counts.Open - 1),
        };
    }

    private Task<bool> IsOnItsWayAsync(
        Guid connectionId, RecordAddress address, CancellationToken cancellationToken)
    {
        var key = address.Key.ToString();
        return db.Database.SqlQuery<bool>(
            $"""
            select exists (select 1 from sync_requests
              where connection_id = {connectionId} and kind = 'Contact' and record_key = {key}) as "Value"
            """).SingleAsync(cancellationToken);
    }

    private async Task<AskAnswer> WhyAsync(
        string question, HubSpotConnection connection, string subject, Asker asker,
        CancellationToken cancellationToken)
    {
        var found = await finder.FindAsync(connection, subject, cancellationToken);
        if (found is [var only]
            && await standings.FindAsync(connection, only.Address, cancellationToken) is { } standing)
        {
            return await WhyAsync(question, connection, standing, cancellationToken);
        }

        if (found.Count > 0)
        {
            return new AskAnswer(question, $"Whom do you mean by “{subject}”?") { Card = new AskCard.Found(found) };
        }

        if (!subject.Contains('@', StringComparison.Ordinal))
        {
            return new AskAnswer(
                question, $"Nobody here is called “{subject}”. With an e-mail, HubSpot can be asked as well.");
        }

        await lookups.AskAsync(connection.Id, subject, cancellationToken);
        return (await LookAsync(connection, subject, 0, asker, cancellationToken)) with { Question = question };
    }

    private async Task<AskAnswer> WhyAsync(
        string question, HubSpotConnection connection, Standing standing, CancellationToken cancellationToken)
    {
        var explanation = await lookups.ExplainAsync(standing, cancellationToken);
        var said = standing switch
        {
            { IsSetApart: true } => ReasonWords.Say(Core.Planning.OutcomeReason.SetApart, null, connection),
            { Outcome: { } outcome } => ReasonWords.Say(outcome.Reason, outcome.Detail, connection),
            _ => "It was not looked at yet.",
        };
        return new AskAnswer(question, $"{standing.Name}. {said}")
        {
            Card = new AskCard.Why(standing, explanation),
        };
    }

    private async Task<AskAnswer> ListAsync(
        string question, HubSpotConnection connection, OutcomeState state, CancellationToken cancellationToken)
    {
        var counts = await outcomes.CountAsync(connection.Id, cancellationToken);
        var causes = Cause.Of(counts, state);
        var all = causes.Sum(cause => cause.Records);
        var isFailing = state == OutcomeState.Failing;
        if (all == 0)
        {
            return new AskAnswer(question, isFailing ? "Nothing needs you." : "Nothing is left out.");
        }

        var page = await outcomes.ReadAsync(connection.Id, new OutcomeQuery(state), cancellationToken);
        var said = isFailing
            ? $"{Numbers.Of(all, "record")} need{(all == 1 ? "s" : "")} you."
            : $"{Numbers.Of(all, "record")} {(all == 1 ? "is" : "are")} not synced, by your settings.";
        return new AskAnswer(question, said)
        {
            Card = new AskCard.Records(connection, causes, [.. page.Rows.Take(Shown)]),
        };
    }
}
