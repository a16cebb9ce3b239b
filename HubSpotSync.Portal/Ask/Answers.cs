using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Progress;
using HubSpotSync.Portal.Runs;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Ask;

/// <summary>Who asks: what they may do, and under which name it is noted.</summary>
internal readonly record struct Asker(Guid? UserId, WorkspaceRole? Role)
{
    public bool IsAtLeast(WorkspaceRole role) => Role >= role;
}

/// <summary>Answers wishes by the same services as the pages do, and does what the asker may.</summary>
internal sealed class Answers(
    WorkspaceShell shell, SyncFacts facts, RunSteps steps, RunList runs, RunJournal journal, RecordAnswers records)
{
    private const int Shown = 5;

    public Task<AskAnswer> AnswerAsync(
        string question, Wish wish, Asker asker, CancellationToken cancellationToken) => wish switch
    {
        Wish.Status => StatusAsync(question, cancellationToken),
        Wish.SyncNow => SyncAsync(question, asker, cancellationToken),
        Wish.Stop => StopAsync(question, asker, cancellationToken),
        Wish.HowFar => HowFarAsync(question, cancellationToken),
        Wish.Imported => ImportedAsync(question, cancellationToken),
        Wish.Help => Task.FromResult(new AskAnswer(question, "You can ask in plain words, for example:")
        {
            Card = new AskCard.Help(),
        }),
        Wish.Unclear => Task.FromResult(new AskAnswer(question, "I did not understand that. I know these:")
        {
            Card = new AskCard.Help(),
        }),
        _ => records.AnswerAsync(question, wish, asker, cancellationToken),
    };

    private async Task<AskAnswer> StatusAsync(string question, CancellationToken cancellationToken)
    {
        var state = await shell.RequireAsync(cancellationToken);
        if (state.Connection is not { } connection)
        {
            return NotConnected(question);
        }

        var counts = await facts.CountAsync(connection.Id, cancellationToken);
        var said = connection.State == ConnectionState.NeedsReconnection
            ? $"HubSpot needs to be reconnected. {ConnectionWords.Cause(connection.StateReason)}"
            : counts.Failing > 0
                ? $"{Numbers.Of(counts.Failing, "record")} need{(counts.Failing == 1 ? "s" : "")} you; "
                    + $"{Numbers.Count(counts.InSync)} are in sync."
                : $"All is well: {Numbers.Of(counts.InSync, "record")} in sync.";
        return new AskAnswer(question, said) { Card = new AskCard.Status(connection, counts) };
    }

    private async Task<AskAnswer> SyncAsync(string question, Asker asker, CancellationToken cancellationToken)
    {
        if (!asker.IsAtLeast(WorkspaceRole.Admin))
        {
            return new AskAnswer(question, "Only an admin starts a sync. Your edits travel by themselves.");
        }

        var (answer, run) = await steps.StartAsync(RunDepth.Changes, asker.UserId, cancellationToken);
        return answer switch
        {
            StartAnswer.NotConnected => NotConnected(question),
            StartAnswer.NothingChosen => new AskAnswer(question, "Choose first which contacts become customers.")
            {
                Card = new AskCard.Link("/settings/integrations/hubspot/filter", "Choose what to sync"),
            },
            _ => new AskAnswer(question, "A sync is on.") { Card = new AskCard.Run(run!) }, // it was started
        };
    }

    private async Task<AskAnswer> StopAsync(string question, Asker asker, CancellationToken cancellationToken)
    {
        if (!asker.IsAtLeast(WorkspaceRole.Admin))
        {
            return new AskAnswer(question, "Only an admin stops a sync.");
        }

        var isStopped = await steps.StopAsync(asker.UserId, cancellationToken);
        shell.Forget();
        var run = (await shell.RequireAsync(cancellationToken)).ActiveRun;
        return (isStopped, run) switch
        {
            (_, not null) => new AskAnswer(question, "It stops after the page it is at. What is done stays done.")
            {
                Card = new AskCard.Run(run),
            },
            _ => new AskAnswer(question, "No sync is on."),
        };
    }

    private async Task<AskAnswer> HowFarAsync(string question, CancellationToken cancellationToken)
    {
        var state = await shell.RequireAsync(cancellationToken);
        if (state.ActiveRun is { } run)
        {
            return new AskAnswer(question, "This far:") { Card = new AskCard.Run(run) };
        }

        return await LastAsync(cancellationToken) is { } last
            ? new AskAnswer(question, $"No sync is on. The last one: {RunSummary.Of(last)}.")
            {
                Card = new AskCard.Link(RunAddress.Of(last.Id), "See what it did"),
            }
            : new AskAnswer(question, "No sync is on, and none was.");
    }

    private async Task<AskAnswer> ImportedAsync(string question, CancellationToken cancellationToken)
    {
        var state = await shell.RequireAsync(cancellationToken);
        if (await LastAsync(cancellationToken) is not { } last)
        {
            return new AskAnswer(question, "Nothing was imported yet.");
        }

        var view = new RunView(last.Id, state.Connection);
        var changes = await journal.ReadChangesAsync(view, cancellationToken);
        var waiting = state.Connection is { IsUnderReview: true } connection
            ? await records.CountWaitingAsync(connection.Id, cancellationToken)
            : 0;
        return new AskAnswer(question, $"{RunWords.Trigger(last.Trigger)}: {RunSummary.Of(last)}.")
        {
            Card = new AskCard.Imported(last, [.. changes.Take(Shown)], waiting),
        };
    }

    private async Task<SyncRun?> LastAsync(CancellationToken cancellationToken) =>
        (await runs.ReadAsync(new RunQuery(), cancellationToken)).Rows
            .Select(row => row.Run).FirstOrDefault(run => !run.IsActive);

    private static AskAnswer NotConnected(string question) => new(question, "HubSpot is not connected.")
    {
        Card = new AskCard.Link("/settings/integrations/hubspot", "Open HubSpot"),
    };
}
