using HubSpotSync.Core.Planning;

namespace HubSpotSync.Portal.Words;

internal static class ReviewWords
{
    public static string Answer(ReviewAnswer answer, bool hasMatch) => answer switch
    {
        ReviewAnswer.Import => hasMatch ? "Merge, by each field's rule" : "Import",
        ReviewAnswer.Replace => "Replace with HubSpot's",
        ReviewAnswer.CreateNew => "Create new",
        _ => "Skip",
    };

    public static string Bulk(ReviewAnswer answer) => answer switch
    {
        ReviewAnswer.Import => "Import or merge",
        ReviewAnswer.Replace => "Replace",
        ReviewAnswer.CreateNew => "Create new",
        _ => "Skip",
    };

    public static string MatchedBy(string? by) => by switch
    {
        "Email" => "same e-mail",
        "SecondaryEmail" => "one of its other e-mails",
        "UniqueProperty" => "same unique number",
        _ => "alike",
    };
}
