using System.Globalization;
using HubSpotSync.Core.Planning;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Review;

/// <summary>Answers as a form sends them, and what is said to them.</summary>
internal static class ReviewAnswers
{
    public static string Taken(int taken, int wanted) => $"{Numbers.Of(taken, "contact")} chosen."
        + (taken < wanted
            ? $" {Numbers.Of(wanted - taken, "other")} did not take it: there is no match to replace, several and none "
                + "named, or it is decided already."
            : "");

    public static (bool IsRead, ReviewAnswer? Answer) Read(string? text) =>
        string.IsNullOrEmpty(text) ? (true, null)
        : Enum.TryParse<ReviewAnswer>(text, out var answer) && Enum.IsDefined(answer)
            && !int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) ? (true, answer)
        : (false, null);
}
