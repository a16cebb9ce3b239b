using HubSpotSync.Core.Scheduling;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Structure;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Rules;
using HubSpotSync.Portal.Shell;

namespace HubSpotSync.Portal.Api.HubSpot;

/// <summary>Reads and changes the rules for programs, by the same checks and the same saving as the page.</summary>
internal sealed class SettingsDesk(
    WorkspaceShell shell, StructureQuestions questions, RulesSaving saving, TimeProvider clock)
{
    private const int LongestCron = 200;

    public async Task<IResult> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var connection = (await shell.RequireAsync(cancellationToken)).Connection;
        if (connection is not { IsInUse: true })
        {
            return SyncProblems.NotConnected();
        }

        http.SayVersion(SyncRules.Of(connection).Fingerprint);
        return TypedResults.Ok(SettingsView.Of(connection));
    }

    public async Task<IResult> SaveAsync(
        SettingsInput input, HttpContext http, CancellationToken cancellationToken)
    {
        var (seen, problem) = http.ReadIfMatch();
        var state = await shell.RequireAsync(cancellationToken);
        if (problem is not null
            || state.Connection is not { IsInUse: true } known)
        {
            return problem ?? SyncProblems.NotConnected();
        }

        var form = Fill(RulesInput.Of(known), input);
        var problems = await ProblemsAsync(form, known, WorkspaceZone.Of(state.Workspace.TimeZone), cancellationToken);
        if (problems.Count > 0)
        {
            return ApiProblem.Invalid(problems);
        }

        var before = SyncRules.Of(known);
        var wanted = form.ToRules(known);
        var saved = await saving.SaveAsync(
            known.Id, wanted, seen!.Text ?? before.Fingerprint, null, cancellationToken); // there without a problem
        shell.Forget();
        if (saved != RulesSaved.Clash)
        {
            return await ReadAsync(http, cancellationToken);
        }

        var current = (await shell.RequireAsync(cancellationToken)).Connection!; // was there a moment ago
        var theirs = SyncRules.Of(current);
        http.SayVersion(theirs.Fingerprint);
        var both = wanted.DifferencesTo(theirs).Join(
            theirs.DifferencesTo(wanted), mine => mine.Key, other => other.Key,
            (mine, other) => (mine.Key, Values: new BothValues(mine.Value, other.Value)));
        return RowVersions.ChangedMeanwhile(
            both.ToDictionary(one => one.Key, one => one.Values), SettingsView.Of(current));
    }

    private static RulesInput Fill(RulesInput form, SettingsInput input)
    {
        form.Mode = input.Mode ?? form.Mode;
        form.Leaving = input.Leaving ?? form.Leaving;
        form.Companies = input.Companies ?? form.Companies;
        form.Deals = input.Deals ?? form.Deals;
        form.Duplicates = input.Duplicates ?? form.Duplicates;
        if (input.Stages is not null)
        {
            (form.Scope, form.Stages) = (input.Stages.Count == 0 ? "all" : "stages", input.Stages);
        }

        if (input.Lists is not null)
        {
            (form.ListsShown, form.Lists) = (true, input.Lists);
        }

        if (input.Activity is { } activity)
        {
            (form.Activity, form.Days) = (activity.IsActive ? "active" : "inactive", activity.Days);
        }
        else if (input.AnyActivity)
        {
            form.Activity = "any";
        }

        if (input.Schedule is { } schedule)
        {
            form.Schedule = string.IsNullOrWhiteSpace(schedule) ? ScheduleKind.Never : ScheduleKind.Cron;
            form.Cron = schedule;
        }

        return form;
    }

    private async Task<Dictionary<string, string>> ProblemsAsync(
        RulesInput form, HubSpotConnection connection, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var structure = await questions.FindAsync(connection.Id, cancellationToken);
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (field, problem) in RulesCheck.Of(form, connection, structure))
        {
            problems[field == nameof(form.Days) ? "activity.days" : field.ToLowerInvariant()] = problem;
        }

        var isOwn = form.Schedule != ScheduleKind.Cron || form.Cron?.Length <= LongestCron;
        if ((isOwn ? RulesCheck.Schedule(form, zone, clock.GetUtcNow()) : "This is too long.") is { } late)
        {
            problems["schedule"] = late;
        }

        return problems;
    }
}
