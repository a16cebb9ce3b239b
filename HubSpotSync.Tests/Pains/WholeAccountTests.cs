using System.Text.Json;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Words;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Pains;

/// <summary>A whole account, odd records included: nobody without a reason, nobody without an owner's name.</summary>
public sealed class WholeAccountTests(WholeAccountTests.Account account) : IClassFixture<WholeAccountTests.Account>
{
    private readonly SyncScenario _scenario = account.Scenario;

    [Theory]
    [InlineData("contacts", RecordKind.Contact)]
    [InlineData("companies", RecordKind.Company)]
    [InlineData("deals", RecordKind.Deal)]
    public async Task Every_record_of_the_account_has_an_outcome_with_a_reason_in_words(string type, RecordKind kind)
    {
        var there = await IdsAsync(type);
        var (outcomes, connection) = await _scenario.QueryAsync(async db => (
            await db.Outcomes.AsNoTracking().Where(one => one.Kind == kind && one.HubspotId != null).ToListAsync(),
            await db.Connections.AsNoTracking().SingleAsync()));

        Assert.NotEmpty(there);
        Assert.Equal(there, outcomes.Select(outcome => outcome.HubspotId!.Value).Order()); // filtered just before
        Assert.All(outcomes, outcome =>
        {
            var words = ReasonWords.Say(outcome.Reason, outcome.Detail, connection);
            Assert.DoesNotContain("no words", words, StringComparison.Ordinal);
            Assert.EndsWith(".", words, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Owners_who_have_left_are_still_named_on_their_records()
    {
        await _scenario.LookAtChangesAsync(); // which reads those who are there only

        const string Owned =
            """
            (select hubspot_owner_id as id from customers union all select hubspot_owner_id from companies
              union all select hubspot_owner_id from deals) r
            """;
        Assert.Equal(0, await _scenario.Database.ScalarAsync<long>(
            $"""
            select count(*) from {Owned} where r.id is not null
              and not exists (select 1 from owners o where o.id = r.id and o.last_name <> '' and o.email <> '')
            """));
        Assert.True(await _scenario.Database.ScalarAsync<bool>(
            $"select count(*) > 0 from {Owned} join owners o on o.id = r.id and o.is_archived"));
    }

    [Fact]
    public async Task A_permission_that_was_taken_back_is_named_and_nothing_is_lost()
    {
        await _scenario.RemoveScopesAsync("crm.objects.deals.read");

        var run = await _scenario.RequestRunAsync();
        var connection = await Eventually.SeeAsync(
            () => _scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync()),
            seen => seen.State == ConnectionState.NeedsReconnection,
            SyncScenario.RunLimit,
            "the connection to need a person");

        Assert.Contains("crm.objects.deals.read", connection.StateReason, StringComparison.Ordinal);
        Assert.True((await _scenario.ReadRunAsync(run.Id)).IsActive);
        await _scenario.ConnectAsync();
        Assert.Equal(0, (await _scenario.WaitForEndAsync(run.Id)).Failed);
    }

    private async Task<List<long>> IdsAsync(string type)
    {
        var dump = await _scenario.Fake.Http.GetStringAsync(
            new Uri(_scenario.Fake.Url, $"/_fake/accounts/{_scenario.Fake.PortalId}/objects/{type}"));
        return
        [
            .. dump.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
                .Where(record => !record.GetProperty("archived").GetBoolean())
                .Select(record => long.Parse(record.GetProperty("id").GetString()!, null)) // always there
                .Order(),
        ];
    }

    public sealed class Account : IAsyncLifetime
    {
        public SyncScenario Scenario { get; private set; } = null!; // xunit initialises it before the tests

        public async ValueTask InitializeAsync()
        {
            Scenario = await SyncScenario.StartAsync(
                "--Fake:Contacts=300", "--Fake:Companies=80", "--Fake:Deals=60", "--Fake:Limits=off");
            await Scenario.ConnectAsync();
            await Scenario.LookAtEverythingAsync();
        }

        public async ValueTask DisposeAsync() => await Scenario.DisposeAsync();
    }
}
