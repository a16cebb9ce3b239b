namespace HubSpotSync.Portal.Web;

/// <summary>What <c>like</c> finds a text with, sign by sign.</summary>
internal static class LikePattern
{
    public const string Escape = @"\";

    public static string Containing(string text) => $"%{Escaped(text)}%";

    public static string Beginning(string text) => $"{Escaped(text)}%";

    private static string Escaped(string text) =>
        text.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_");
}
