namespace HubSpotSync.LocalStack.Stack;

/// <summary>How long to wait before a crashed process is started again.</summary>
internal static class RestartPolicy
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(60);

    public static TimeSpan Pause(int crashesInARow)
    {
        var doubled = First * Math.Pow(2, Math.Min(crashesInARow - 1, 10));
        return doubled < Longest ? doubled : Longest;
    }

    /// <summary>A run this long ends a series of crashes.</summary>
    public static int Count(int crashesInARow, TimeSpan ran) => ran >= Steady ? 1 : crashesInARow + 1;
}
