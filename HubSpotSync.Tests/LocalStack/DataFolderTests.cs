using Aspire.Hosting;
using HubSpotSync.LocalStack.Stack;

namespace HubSpotSync.Tests.LocalStack;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_holder_is_told_who_has_it()
    {
        using var first = DataFolder.Open(Options());

        var error = Assert.Throws<DistributedApplicationException>(() => DataFolder.Open(Options()));

        Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        Assert.Contains("HUBSPOTSYNC_DATA", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generated_secrets_stay_until_a_reset_and_are_for_the_owner_only()
    {
        string first, second, afterReset;
        using (DataFolder.Open(Options()))
        {
            first = Options().Secrets.GetOrAdd("setup-code", () => "one");
        }

        using (DataFolder.Open(Options()))
        {
            second = Options().Secrets.GetOrAdd("setup-code", () => "two");
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode("secrets.json"));
        using (DataFolder.Open(Options() with { Reset = true }))
        {
            afterReset = Options().Secrets.GetOrAdd("setup-code", () => "three");
        }

        Assert.Equal(("one", "one", "three"), (first, second, afterReset));
    }

    [Fact]
    public void A_reset_removes_the_servers_data()
    {
        var cluster = Directory.CreateDirectory(Path.Combine(_folder.Path, "postgres")).FullName;

        using var data = DataFolder.Open(Options() with { Reset = true });

        Assert.False(Directory.Exists(cluster));
    }

    private StackOptions Options() => new() { DataFolder = _folder.Path };

    private UnixFileMode Mode(string file) =>
        OperatingSystem.IsWindows() ? 0 : File.GetUnixFileMode(Path.Combine(_folder.Path, file));
}
