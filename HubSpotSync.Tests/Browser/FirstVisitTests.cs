using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using HubSpotSync.Tests.PageObjects;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HubSpotSync.Tests.Browser;

public sealed class FirstVisitTests
{
    private const string Account = "Acme Outfitters";
    private static readonly TimeSpan ReconcileLimit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task From_the_set_up_link_to_the_customers(int width, ColorScheme scheme)
    {
        using var stack = await StackUnderTest.StartAsync("--Fake:LatencyMs=20");
        await using var chrome = await Chrome.OpenAsync(width, scheme);
        try
        {
            await SetUpAsync(chrome, stack);
            await ConnectAsync(chrome);
            var stages = await ContactsByStageAsync(stack);
            await ImportAsync(chrome, stages);
            await LookAroundAsync(chrome, stages);
        }
        catch
        {
            await chrome.KeepEvidenceAsync();
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', stack.Output.Split('\n').TakeLast(200)));
            throw;
        }
    }

    private static async Task SetUpAsync(Chrome chrome, StackUnderTest stack)
    {
        var setup = new SetupPage(chrome.Page);
        await setup.CreateOwnerAsync(stack.Setup);
        await chrome.AssertGoodAsync();
        await setup.SubmitAsync();
        await Expect(chrome.Page).ToHaveURLAsync(stack.Portal.AbsoluteUri);
        await chrome.AssertGoodAsync();
    }

    private static async Task ConnectAsync(Chrome chrome)
    {
        var hubSpot = new HubSpotPages(chrome.Page);
        await hubSpot.OpenConnectAsync();
        await hubSpot.ChooseTwoWayAsync();
        await chrome.AssertGoodAsync();
        await hubSpot.ContinueToHubSpotAsync();
        await hubSpot.ConsentAsync(Account);
    }

    private static async Task ImportAsync(Chrome chrome, Dictionary<string, int> stages)
    {
        var hubSpot = new HubSpotPages(chrome.Page);
        var promised = stages["customer"] + stages["subscriber"];
        Assert.Equal(promised, await hubSpot.ReadPromiseAsync());
        await hubSpot.ToggleStageAsync("Lead");
        Assert.Equal(promised + stages["lead"], await hubSpot.ReadPromiseAsync());
        await hubSpot.ToggleStageAsync("Lead");
        await chrome.AssertGoodAsync();
        var started = Stopwatch.GetTimestamp();
        await hubSpot.StartFirstSyncAsync();
        await Expect(hubSpot.Progress).ToBeVisibleAsync();
        await chrome.Page.ReloadAsync();
        await Expect(hubSpot.Result).ToBeVisibleAsync(new() { Timeout = (float)ReconcileLimit.TotalMilliseconds });
        Assert.True(Stopwatch.GetElapsedTime(started) < ReconcileLimit);
        await chrome.AssertGoodAsync();
    }

    private static async Task LookAroundAsync(Chrome chrome, Dictionary<string, int> stages)
    {
        var (page, customers) = (chrome.Page, new CustomersPage(chrome.Page));
        await customers.OpenAsync();
        Assert.Equal(stages["customer"] + stages["subscriber"], await customers.CountAsync("All"));
        Assert.Equal(stages["subscriber"], await customers.CountAsync("Subscriber"));
        await chrome.AssertGoodAsync();
        var email = (await page.GetByText("@").First.TextContentAsync())!.Trim(); // there are customers
        await customers.SearchAsync(email);
        await Expect(customers.NameLinks).ToHaveCountAsync(1);
        await customers.NameLinks.First.ClickAsync();
        await Expect(page.GetByText(email).First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Open in HubSpot" }).First).ToHaveAttributeAsync(
            "href", new System.Text.RegularExpressions.Regex("/contacts/12345/record/0-1/[0-9]+$"));
        await chrome.AssertGoodAsync();
    }

    private static async Task<Dictionary<string, int>> ContactsByStageAsync(StackUnderTest stack)
    {
        using var http = new HttpClient();
        var state = await http.GetFromJsonAsync<JsonElement>(
            new Uri(stack.Fake, "/_fake/state"), TestContext.Current.CancellationToken);
        return state.GetProperty("accounts")[0].GetProperty("contactsByLifecycleStage").EnumerateObject()
            .ToDictionary(stage => stage.Name, stage => stage.Value.GetInt32());
    }
}
