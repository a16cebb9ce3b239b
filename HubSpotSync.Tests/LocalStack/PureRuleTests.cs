using HubSpotSync.LocalStack.Stack;
using HubSpotSync.LocalStack.Tools;

namespace HubSpotSync.Tests.LocalStack;

public sealed class PureRuleTests
{
    [Theory]
    [InlineData(true, true, true, true, InstallDecision.UseFound)]
    [InlineData(true, false, false, false, InstallDecision.UseFound)]
    [InlineData(false, true, true, true, InstallDecision.InstallPackage)]
    [InlineData(false, true, false, true, InstallDecision.UnpackPrivately)]
    [InlineData(false, true, true, false, InstallDecision.SayOnly)]
    [InlineData(false, true, false, false, InstallDecision.SayOnly)]
    [InlineData(false, false, true, true, InstallDecision.SayOnly)]
    [InlineData(false, false, false, true, InstallDecision.SayOnly)]
    public void A_missing_program_is_brought_as_the_machine_allows(
        bool found, bool hasApt, bool isRoot, bool mayInstall, InstallDecision expected) =>
        Assert.Equal(expected, new MachineFacts(found, hasApt, isRoot, mayInstall).Decide());

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 1)]
    [InlineData(4, 4)]
    [InlineData(50, 30)]
    public void Each_crash_in_a_row_doubles_the_pause_up_to_half_a_minute(int crashes, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RestartPolicy.Pause(crashes));

    [Theory]
    [InlineData(59, 4)]
    [InlineData(60, 1)]
    public void A_minute_of_running_ends_a_row_of_crashes(int seconds, int expected) =>
        Assert.Equal(expected, RestartPolicy.Count(3, TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("Set-up: http://localhost:5080/setup?code=x", "Set-up")]
    [InlineData("Sign in: https://localhost/a", "Sign in")]
    [InlineData("info: http://localhost", null)]
    [InlineData("Now listening on: http://localhost and more", null)]
    [InlineData("  Portal: http://localhost", null)]
    public void An_announcement_is_a_label_and_an_address_and_nothing_else(string line, string? label) =>
        Assert.Equal(label, Announcement.Parse(line)?.Label);

    [Fact]
    public void The_newest_version_of_a_tool_is_found()
    {
        using var folder = new TemporaryFolder();
        foreach (var version in new[] { "9", "15", "14" })
        {
            var bin = Directory.CreateDirectory(Path.Combine(folder.Path, "postgresql", version, "bin")).FullName;
            File.WriteAllText(Path.Combine(bin, "initdb"), "");
        }

        var found = new ToolSearch([$"{folder.Path}/postgresql/*/bin"]).Find("initdb");

        Assert.Equal($"{folder.Path}/postgresql/15/bin/initdb", found);
    }

    [Fact]
    public void The_data_folder_is_in_the_solution_unless_said_otherwise()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "Any.sln"), "");
        var deep = Directory.CreateDirectory(Path.Combine(folder.Path, "a", "b")).FullName;

        var usual = StackOptions.Parse(["--reset", "--Worker:Replicas=2"], deep, _ => null);
        var said = StackOptions.Parse([], deep, name => name == "HUBSPOTSYNC_DATA" ? "/data/x" : null);
        var demo = StackOptions.Parse(["--demo"], deep, _ => "/data/x");

        Assert.Equal(Path.Combine(folder.Path, ".hubspotsync"), usual.DataFolder);
        Assert.True(usual.Reset);
        Assert.Equal(["--Worker:Replicas=2"], usual.Configuration);
        Assert.Equal("/data/x", said.DataFolder);
        Assert.NotEqual("/data/x", demo.DataFolder);
        Assert.True(demo.ThrowAway);
    }
}
