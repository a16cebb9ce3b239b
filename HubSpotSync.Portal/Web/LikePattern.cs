namespace HubSpotSync.Portal.Billing;

internal static class LikePattern
{
    /// <summary>Matches text that holds this somewhere, sign by sign.</summary>
    public static string Containing(string text) =>
        "%" + text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_") + "%";
}
