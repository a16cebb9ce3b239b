namespace HubSpotSync.Benchmarks.Stages;

internal static class StageFolder
{
    /// <summary>A new empty folder; the server that is started in it deletes it.</summary>
    public static string New(string name) => Directory.CreateTempSubdirectory($"hubspotsync-{name}-").FullName;
}
