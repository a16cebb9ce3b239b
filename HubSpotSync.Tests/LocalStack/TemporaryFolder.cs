namespace HubSpotSync.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hubspotsync-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
