using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;

namespace HubSpotSync.Portal.Words;

/// <summary>
/// Says why a record is where it is: cause first, then what would change it, and whose it is. The one place where
/// reasons become sentences.
/// </summary>
internal static class ReasonWords
{
    public static string Say(OutcomeReason reason, string? detail, HubSpotConnection? connection) => reason switch
    {
        OutcomeReason.Agreed => "In sync: both sides hold the same.",
        OutcomeReason.StageNotInScope => StageNotInScope(detail, connection),
        OutcomeReason.ArchivedHere =>
            "Not synced: it is archived here. It would sync if you restored it.",
        OutcomeReason.ArchivedInHubSpot =>
            "Not synced: it was deleted in HubSpot. "
            + "Restore it there, and it syncs again; the record here stays as it is.",
        OutcomeReason.SeveralMatches =>
            "Needs you: several records here have this e-mail or name, so we can't tell which one is meant. "
            + "Merge them or correct the e-mail, and it syncs with the next run.",
        OutcomeReason.NothingToIdentifyBy =>
            "Not synced: it has neither an e-mail nor a name, so nobody could tell in HubSpot who it is. "
            + "Add one of them here.",
        OutcomeReason.RefusedByHubSpot => RefusalWords.Say(detail),
        OutcomeReason.EmailTakenHere =>
            "Needs you: another customer here already has this e-mail. Change or merge one of the two, "
            + "and it syncs with the next run.",
        OutcomeReason.GoneFromHubSpot =>
            "Not synced: HubSpot no longer knows it, so it was deleted there for good. The record here stays as it is.",
        OutcomeReason.EmailTakenInHubSpot =>
            "Needs you: HubSpot has this e-mail on a contact that belongs to another customer here. "
            + "Change or merge one of the two, and it syncs with the next run.",
        OutcomeReason.OnlyInHubSpot =>
            "Your setting: your CRM is the source of truth and has nobody with this e-mail, so the contact stays in "
            + "HubSpot only. Add the customer here, and the two are linked.",
        OutcomeReason.DealsStaySeparate =>
            "Your setting: HubSpot deals stay separate. Switch deals on to see this one here.",
        OutcomeReason.Erased =>
            "Erased: HubSpot was told to forget this person, so every value is gone here too. "
            + "Nobody with this e-mail is synced again.",
        OutcomeReason.MovedMeanwhile =>
            "It was edited while we looked at it. Nothing is lost; the next sync looks again.",
        OutcomeReason.ErrorOfOurs =>
            "Not synced yet: a look at it, or at one beside it, met an error of ours. It gets looks of its own; "
            + "if they fail as well, the worker's log has the details.",
        OutcomeReason.NotInLists =>
            "Not synced: it is in none of the HubSpot lists that you chose. Add it to one of them in HubSpot, or "
            + "choose another list.",
        OutcomeReason.NotActive =>
            $"Not synced: nothing happened with it in HubSpot for {Days(connection)}, and your rules take active "
            + "contacts. It would sync after the next note, call, e-mail, meeting or task there.",
        OutcomeReason.StillActive =>
            $"Not synced: something happened with it in HubSpot within {Days(connection)}, and your rules take "
            + "inactive contacts.",
        OutcomeReason.CompaniesStaySeparate =>
            "Your setting: HubSpot companies stay separate. Switch companies on to see this one here.",
        OutcomeReason.WaitsForReview =>
            "Waits for you: your import is under review, and nothing comes or goes before somebody has said so.",
        OutcomeReason.DuplicateWaits =>
            "Needs you: it looks like somebody who is here already. Say in the import review whether they are one.",
        OutcomeReason.SkippedInReview =>
            "Your decision: it was left out in the import review. Change the decision there to bring it.",
        OutcomeReason.DuplicateSkipped =>
            "Your setting: it looks like somebody who is here already, and your rules leave such contacts out.",
        OutcomeReason.ValueNotMapped =>
            $"Needs you: the value {Numbers.List(Values(detail))} has no counterpart in your field mapping, so that "
            + "field stays as it is on both sides. Add it to the field's value table.",
        OutcomeReason.AwaitsDecision =>
            $"Needs you: {detail ?? "a field"} was edited on both sides, and your rule asks a person. Choose a value "
            + "on the record's page.",
        OutcomeReason.AwaitsAnswer =>
            "HubSpot did not answer when we created it there. We look for it before we try again; nothing is made "
            + "twice.",
        OutcomeReason.MergedHere =>
            "Not synced: it was merged into another one here. What it is in HubSpot stays as it is.",
        OutcomeReason.SetApart =>
            "Your decision: somebody detached it from HubSpot, so nothing is written on either side. It would sync if "
            + "you attached it again.",
        _ => "We have no words for this reason yet.",
    };

    /// <summary>A few words for chips and headings.</summary>
    public static string Short(OutcomeReason reason) => reason switch
    {
        OutcomeReason.Agreed => "In sync",
        OutcomeReason.StageNotInScope => "Stage outside your filter",
        OutcomeReason.ArchivedHere => "Archived here",
        OutcomeReason.ArchivedInHubSpot => "Deleted in HubSpot",
        OutcomeReason.SeveralMatches => "Several matches",
        OutcomeReason.NothingToIdentifyBy => "No e-mail and no name",
        OutcomeReason.RefusedByHubSpot => "Refused by HubSpot",
        OutcomeReason.EmailTakenHere => "E-mail taken here",
        OutcomeReason.GoneFromHubSpot => "Gone from HubSpot",
        OutcomeReason.EmailTakenInHubSpot => "E-mail taken in HubSpot",
        OutcomeReason.OnlyInHubSpot => "Only in HubSpot",
        OutcomeReason.DealsStaySeparate => "Deals stay separate",
        OutcomeReason.Erased => "Erased for privacy",
        OutcomeReason.MovedMeanwhile => "Edited meanwhile",
        OutcomeReason.ErrorOfOurs => "An error of ours",
        OutcomeReason.NotInLists => "In none of your lists",
        OutcomeReason.NotActive => "Not active",
        OutcomeReason.StillActive => "Still active",
        OutcomeReason.CompaniesStaySeparate => "Companies stay separate",
        OutcomeReason.WaitsForReview => "Waits for review",
        OutcomeReason.DuplicateWaits => "Perhaps a duplicate",
        OutcomeReason.SkippedInReview => "Left out by you",
        OutcomeReason.DuplicateSkipped => "Duplicate left out",
        OutcomeReason.ValueNotMapped => "Value not in the table",
        OutcomeReason.AwaitsDecision => "Edited on both sides",
        OutcomeReason.AwaitsAnswer => "Waits for an answer",
        OutcomeReason.MergedHere => "Merged here",
        OutcomeReason.SetApart => "Detached by you",
        _ => reason.ToString(),
    };

    /// <summary>Of many records at once, of which each has a value of its own.</summary>
    public static string Many(OutcomeReason reason, string? detail, HubSpotConnection? connection) => reason switch
    {
        OutcomeReason.StageNotInScope =>
            "Your filter does not take their lifecycle stages. They would sync if their stage were one that you take, "
            + "or if you add theirs.",
        OutcomeReason.ValueNotMapped =>
            "A value has no counterpart in your field mapping, so that field stays as it is on both sides. Add the "
            + "values to the field's value table.",
        OutcomeReason.AwaitsDecision =>
            "A field was edited on both sides, and your rule asks a person. Choose a value on each record's page.",
        _ => Say(reason, detail, connection),
    };

    private static string Days(HubSpotConnection? connection) =>
        Numbers.Of(connection?.Activity?.Days ?? 0, "day");

    private static List<string> Values(string? detail) =>
    [
        .. (detail ?? "").Split("; ")
            .Select(value => value.Split('=') is [var field, var text] ? $"{text} of {field}" : value),
    ];

    private static string StageNotInScope(string? stage, HubSpotConnection? connection)
    {
        var label = StageWords.Label(stage, connection);
        var its = string.IsNullOrEmpty(stage) ? "it has no lifecycle stage" : $"its stage is {label}";
        var taken = connection?.LifecycleStages.Select(value => StageWords.Label(value, connection)).ToList() ?? [];
        var rules = taken.Count == 0 ? "your filter does not take it" : $"your filter takes {Numbers.List(taken)}";
        var add = string.IsNullOrEmpty(stage) ? "take all contacts" : $"add {label}";
        var other = taken.Count <= 1 ? "that" : "one of these";
        return $"Not synced: {its}, and {rules}. It would sync if its stage were {other}, or if you {add}.";
    }
}
