using System.Text.RegularExpressions;
using HubSpotSync.Tests.AppHost;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.LocalStack;

namespace HubSpotSync.Tests.Browser;

/// <summary>The whole product, started as a newcomer starts it, on a data folder of its own.</summary>
internal sealed partial class StackUnderTest : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    private readonly TemporaryFolder _data = new();
    private readonly AppHostProcess _host;

    private StackUnderTest(string[] args) =>
        _host = AppHostProcess.Start(args, ("HUBSPOTSYNC_DATA", _data.Path), ("NO_COLOR", "1"));

    public string Output => _host.Output;

    public Uri Portal => Announced("Portal");

    public Uri Setup => Announced("Set-up");

    public Uri Fake => Announced("Fake HubSpot");

    public static async Task<StackUnderTest> StartAsync(params string[] args)
    {
        var stack = new StackUnderTest(args);
        await Eventually.IsTrueAsync(
            () => Announcements().Matches(stack.Output).Select(match => match.Groups["label"].Value).Contains("Portal")
                && stack.Output.Contains("\nSet-up: ", StringComparison.Ordinal),
            StartLimit,
            () => stack.Output);
        return stack;
    }

    public void Dispose()
    {
        _host.Dispose();
        _data.Dispose();
    }

    private Uri Announced(string label) => new(
        Announcements().Matches(Output).Last(match => match.Groups["label"].Value == label).Groups["url"].Value);

    [GeneratedRegex(@"^(?<label>[A-Z][A-Za-z -]+): (?<url>http\S+)$", RegexOptions.Multiline)]
    private static partial Regex Announcements();
}
