using HubSpotSync.Data.Journal;

namespace HubSpotSync.Portal.Words;

/// <summary>What the engine did to a record, and why it did it.</summary>
internal static class ChangeWords
{
    public static string Action(RecordChange change) => (change.Side, change.Action) switch
    {
        ("HubSpot", "Create") => "Created in HubSpot",
        ("HubSpot", "Update") => "Changed in HubSpot",
        (_, "Create") => "Created here",
        (_, "Update") => "Changed here",
        (_, "Link") => "Linked with HubSpot",
        (_, "Archive") => "Archived here",
        (_, "Restore") => "Taken back here",
        (_, "Merge") => "Merged here",
        _ => $"{change.Action} {change.Side}",
    };

    /// <summary>Causes are written by the engine as words or as names: "NewestEdit" reads as "newest edit".</summary>
    public static string Cause(string cause)
    {
        if (cause.Contains(' ', StringComparison.Ordinal))
        {
            return cause;
        }

        var words = string.Concat(cause.Select((letter, at) =>
            at > 0 && char.IsUpper(letter) && !char.IsUpper(cause[at - 1]) ? $" {letter}" : $"{letter}"));
        return words.Replace("_", " ", StringComparison.Ordinal).ToLowerInvariant()
            .Replace("hub spot", "HubSpot", StringComparison.Ordinal);
    }
}
