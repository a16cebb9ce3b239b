namespace HubSpotSync.Tests.Architecture;

internal static class Repository
{
    /// <summary>The folder of the solution, found upwards from the tests.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "HubSpotSync.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
