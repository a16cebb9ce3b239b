namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>A path the fake does not know, without what may name a person or a record in it.</summary>
internal static class UnknownAddress
{
    private const int LongestStep = 40;

    public static string Of(string method, PathString path)
    {
        var steps = (path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return $"{method} /{string.Join('/', steps.Select(step => MayName(step) ? "*" : step))}";
    }

    private static bool MayName(string step) =>
        step.Length > LongestStep || step.All(char.IsAsciiDigit) || !step.All(IsPlain);

    private static bool IsPlain(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.';
}
