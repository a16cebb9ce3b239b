using System.Diagnostics;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Pains;
using HubSpotSync.Tests.Portal.Hosting;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Portal.Faults;

/// <summary>
/// Whatever goes wrong at HubSpot, a person who looks at the portal reads the cause and what to do within five seconds:
/// the real worker, the real portal, and a HubSpot that plays the fault.
/// </summary>
public sealed class FaultScreenTests : IAsyncLifetime
{
    private const string Overview = "/settings/integrations/hubspot";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private SyncScenario _scenario = null!; // set before each test
    private PortalHost _portal = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _scenario = await SyncScenario.StartAsync([.. SyncScenario.Tiny, FakeSteering.TokenArgument]);
        await _scenario.ConnectAsync();
        await _scenario.MakeContactAsync("ada@people.example");
        await _scenario.LookAtEverythingAsync();
        await _scenario.StagesAreCountedAsync();
        _portal = await PortalHost.StartOnAsync(
            _scenario.Database,
            ("HubSpot:ApiUrl", _scenario.Fake.Url.AbsoluteUri), ("HubSpot:AppUrl", _scenario.Fake.Url.AbsoluteUri));
        await _portal.AddUserOfEachRoleAsync();
        await _portal.AsAsync(WorkspaceRole.Admin);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _scenario.DisposeAsync();
    }

    [Theory]
    [InlineData(423, null, "HubSpot has locked this account for a moment")]
    [InlineData(429, "TEN_SECONDLY_ROLLING", "HubSpot asked us to slow down")]
    [InlineData(429, "SECONDLY", "HubSpot asked us to slow down")]
    [InlineData(429, "DAILY", "HubSpot's daily limit is used up, by us and by other programs of this account")]
    [InlineData(477, null, "HubSpot is moving this account to another data centre")]
    [InlineData(500, null, "HubSpot has trouble of its own")]
    [InlineData(502, null, "HubSpot has trouble of its own")]
    [InlineData(503, null, "HubSpot has trouble of its own")]
    [InlineData(504, null, "HubSpot has trouble of its own")]
    [InlineData(524, null, "HubSpot has trouble of its own")]
    public async Task A_status_that_means_later_is_said_and_the_run_goes_on_by_itself(
        int status, string? policyName, string cause)
    {
        await AddAsync(new { kind = "status", status, policyName, pathPrefix = "/crm/", times = 1000 });
        await AssertWaitsAsync(cause);
    }

    [Theory]
    [InlineData("html", 0, "HubSpot has trouble of its own")]
    [InlineData("drop", 0, "HubSpot does not answer right now")]
    [InlineData("timeout", 20_000, "HubSpot takes long to answer")]
    [InlineData("truncate", 0, "HubSpot's answer was cut off on its way")]
    public async Task An_answer_that_is_none_is_said_and_the_run_goes_on_by_itself(
        string kind, int delayMs, string cause)
    {
        await AddAsync(new { kind, delayMs, pathPrefix = "/crm/", times = 1000 });
        await AssertWaitsAsync(cause);
    }

    [Fact]
    public async Task HubSpot_out_of_reach_is_said_and_the_run_goes_on_by_itself()
    {
        await _scenario.Fake.SetUnreachableAsync(true);
        await AssertWaitsAsync("HubSpot does not answer right now");
    }

    [Theory]
    [InlineData(401, "HubSpot no longer accepts our connection")]
    [InlineData(403, "HubSpot says a permission is missing. Allow all that is asked when you reconnect")]
    public async Task A_refusal_of_our_access_asks_for_reconnection(int status, string cause)
    {
        await AddAsync(new { kind = "status", status, pathPrefix = "/crm/", times = 1000 });
        await AssertAsksForReconnectionAsync(cause);
    }

    [Fact]
    public async Task An_app_that_was_uninstalled_asks_for_reconnection()
    {
        await _scenario.UninstallAsync();
        await AssertAsksForReconnectionAsync("access was revoked, or the app was uninstalled");
    }

    [Fact]
    public async Task A_permission_that_was_taken_away_is_named()
    {
        await _scenario.RemoveScopesAsync("crm.objects.deals.read");
        await AssertAsksForReconnectionAsync("crm.objects.deals.read. Allow it when you reconnect");
    }

    [Fact]
    public async Task A_value_that_HubSpot_refuses_is_listed_with_what_to_correct()
    {
        await _scenario.Database.ExecuteAsync(
            "update customers set email = 'not an address' where id = (select id from customers order by id limit 1)");

        await ReadsAsync(
            $"{Overview}/outcomes?state=Failing",
            "HubSpot refused the e-mail: not a valid address. Correct it here or in HubSpot");
    }

    [Fact]
    public async Task A_part_of_a_batch_that_failed_is_listed_and_the_rest_is_written()
    {
        await AddAsync(new
        {
            kind = "partial", method = "POST", pathPrefix = "/crm/objects/2026-09/contacts/batch/update", times = 1000,
            rows = new[] { 0 },
        });
        await _scenario.Database.ExecuteAsync("update customers set city = 'Lund'");

        await ReadsAsync($"{Overview}/outcomes?state=Failing", "HubSpot refused");
    }

    [Fact]
    public async Task A_property_that_was_deleted_stands_still_and_says_so()
    {
        await _scenario.AddPropertiesAsync(new FakeProperty("favourite_tea", "string", "text"));
        await _scenario.ChangeRulesAsync(connection => connection.CustomFields =
        [
            new CustomField(RecordKind.Contact, new FieldDefinition("tea", "favourite_tea", FieldType.Text)
            {
                IsCustom = true,
            }),
        ]);
        await _scenario.LookAtEverythingAsync();
        using (var admin = _scenario.Admin())
        {
            Assert.Equal(204, (await admin.DeleteAsync("/crm/properties/2026-09/contacts/favourite_tea")).Status);
        }

        await _scenario.RequestRunAsync();

        await ReadsAsync($"{Overview}/mapping", "1 of them stands still");
    }

    // Cause, what happens next, and that it did.
    private async Task AssertWaitsAsync(string cause)
    {
        var run = await _scenario.RequestRunAsync();

        var page = await ReadsAsync(Overview, cause);
        Assert.Contains("nothing is lost", page.Words, StringComparison.Ordinal);
        Assert.Matches("by ourselves|We go on", page.Words);

        await _scenario.Fake.ControlAsync(HttpMethod.Delete, "faults", new { });
        await _scenario.Fake.SetUnreachableAsync(false);
        await Eventually.SeeAsync(
            async () =>
            {
                await _scenario.Database.ExecuteAsync("update sync_runs set due_at = now() where due_at > now()");
                return await _scenario.ReadRunAsync(run.Id);
            },
            seen => seen.State == RunState.Done, SyncScenario.RunLimit, "the run to go on");
        Assert.DoesNotContain(cause, (await LookAsync(Overview)).Words, StringComparison.Ordinal);
    }

    private async Task AssertAsksForReconnectionAsync(string cause)
    {
        var run = await _scenario.RequestRunAsync();

        var page = await ReadsAsync(Overview, cause);
        Assert.Equal("HubSpot needs to be reconnected", page.Heading);
        Assert.Contains(page.All("a.btn-primary"), button => button == "Reconnect");
        Assert.Contains("nothing is lost", page.Words, StringComparison.Ordinal);
        Assert.Contains(cause, (await LookAsync("/")).Words, StringComparison.Ordinal); // on every page

        await _scenario.Fake.ControlAsync(HttpMethod.Delete, "faults", new { });
        await _scenario.ConnectAsync();
        Assert.Equal(ConnectionState.Connected, (await _scenario.QueryAsync(
            db => db.Connections.AsNoTracking().SingleAsync())).State);
        Assert.Equal(RunState.Done, (await _scenario.WaitForEndAsync(run.Id)).State);
    }

    /// <summary>Five seconds from the moment the fault could strike.</summary>
    private async Task<PageAnswer> ReadsAsync(string path, string words)
    {
        var began = Stopwatch.GetTimestamp();
        var page = await Eventually.SeeAsync(
            () => LookAsync(path),
            seen => seen.Words.Contains(words, StringComparison.Ordinal),
            TimeSpan.FromSeconds(30),
            $"“{words}” on {path}");
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Soon * BusyMachine.Factor);
        return page;
    }

    private async Task<PageAnswer> LookAsync(string path) =>
        await (await _portal.AsAsync(WorkspaceRole.Admin)).GetAsync(path);

    private Task AddAsync(object fault) => _scenario.Fake.AddFaultAsync(fault);
}
