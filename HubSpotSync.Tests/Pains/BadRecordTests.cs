using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Journal;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Pains;

/// <summary>One bad record that takes its whole batch with it.</summary>
public sealed class BadRecordTests(BadRecordTests.StrictAccount account) : IClassFixture<BadRecordTests.StrictAccount>
{
    private const int Good = 10;

    /// <summary>Everything that HubSpot refuses in a record, and what it says then.</summary>
    private static readonly Bad[] Kinds =
    [
        new("address", "email = 'no address ' || last_name", "INVALID_EMAIL email"),
        new("number", Custom("bad_number", "'many'"), "INVALID_NUMBER bad_number"),
        new("date", Custom("bad_date", "'someday'"), "INVALID_DATE bad_date"),
        new("flag", Custom("bad_flag", "'perhaps'"), "INVALID_BOOLEAN bad_flag"),
        new("choice", Custom("bad_choice", "'C'"), "INVALID_OPTION bad_choice"),
        new("text", Custom("bad_text", "repeat('x', 65537)"), "PROPERTY_VALUE_TOO_LONG bad_text"),
        new("unique", Custom("bad_unique", "'taken'"), "CONFLICTING_UNIQUE_VALUE bad_unique"),
        new("rule", "state = 'Longer than five'", "INVALID_MAX_LENGTH state"),
        new("condition", "city = 'Demanding'", "MISSING_CONDITIONAL_REQUIRED_PROPERTY zip"),
        new("erased", "email = 'erased.' || left(last_name, 3) || '@bad.example'", "VALIDATION_ERROR"),
    ];

    /// <summary>Only of a record that is new there.</summary>
    private static readonly Bad WithoutJob =
        new("form", "job_title = null", "MISSING_REQUIRED_PROPERTY jobtitle");

    private readonly SyncScenario _scenario = account.Scenario;

    [Fact]
    public async Task Of_new_records_those_that_HubSpot_refuses_say_why_and_all_others_are_there()
    {
        Bad[] bad = [.. Kinds, WithoutJob];
        await _scenario.Database.ExecuteAsync($"begin; {Insert("new", bad)}; {Spoil("new", bad)}; commit");
        await _scenario.NothingWaitsAsync();

        await AssertRefusedAsync("new", bad);
        var there = await LastNamesAsync("new");
        Assert.Equal(GoodNames("new").Order(), there.Order());
    }

    [Fact]
    public async Task Of_edits_those_that_HubSpot_refuses_say_why_and_all_others_are_there()
    {
        await _scenario.Database.ExecuteAsync(Insert("old", Kinds));
        await _scenario.NothingWaitsAsync();
        Assert.Equal(Kinds.Length + Good, (await LastNamesAsync("old")).Count);

        await _scenario.Database.ExecuteAsync(
            $"""
            begin; update customers set address = 'Moved' where last_name like 'old %'; {Spoil("old", Kinds)}; commit
            """);
        await _scenario.NothingWaitsAsync();

        await AssertRefusedAsync("old", Kinds);
        var moved = (await FakeContacts.ReadAsync(_scenario.Fake)).Where(contact => contact["address"] == "Moved");
        Assert.Equal(GoodNames("old").Order(), moved.Select(contact => contact["lastname"]!).Order()); // all have one

        await _scenario.EditHereWhereAsync("last_name = 'old rule'", "state = 'Short'"); // as its reason says
        await _scenario.NothingWaitsAsync();
        Assert.Contains(
            await FakeContacts.ReadAsync(_scenario.Fake),
            contact => contact["lastname"] == "old rule" && contact["address"] == "Moved");
    }

    [Fact]
    public async Task Odd_records_of_HubSpot_do_not_fail_the_page_they_are_on()
    {
        var random = new Random(1);
        var endless = string.Concat(Enumerable.Range(0, 8_000).Select(_ => $"{random.Next():x8}")); // can't be packed
        var person = await _scenario.MakeContactAsync("endless@odd.example", ("lastname", endless));
        await _scenario.Fake.CreateAsync("companies", new { name = endless, domain = "endless.example" });
        foreach (var amount in (string[])["1", new string('9', 60), "-.5", "0.000000000000000000000000000000001"])
        {
            await _scenario.Fake.CreateAsync(
                "deals", new { dealname = $"Odd {amount}", amount, pipeline = "default", dealstage = "closedwon" });
        }

        await _scenario.LookAtChangesAsync();

        Assert.Equal(endless, (await _scenario.CustomerAsync(person))?.LastName);
        Assert.Single(await _scenario.QueryAsync(
            db => db.Companies.AsNoTracking().Where(company => company.Name == endless).ToListAsync()));
        var deals = await _scenario.QueryAsync(
            db => db.Deals.AsNoTracking().Where(deal => deal.Name!.StartsWith("Odd ")).ToListAsync());
        Assert.Equal((decimal?[])[null, -0.5m, 0m, 1m], deals.Select(deal => deal.Amount).Order());
        Assert.Equal(0, (await _scenario.LookAtEverythingAsync()).Updated);
    }

    private static string Custom(string field, string value) => $"custom = jsonb_build_object('{field}', {value})";

    private static IEnumerable<string> GoodNames(string mark) =>
        Enumerable.Range(0, Good).Select(number => $"{mark} good {number}");

    private static string Insert(string mark, Bad[] bad)
    {
        var names = GoodNames(mark).Concat(bad.Select(one => $"{mark} {one.Name}"));
        var list = string.Join(", ", names.Select(name => $"'{name}'"));
        return $"""
            insert into customers (id, workspace_id, last_name, email, job_title)
              select gen_random_uuid(), w.id, called, replace(called, ' ', '.') || '@bad.example', 'Buyer'
                from workspaces w, unnest(array[{list}]) called
            """;
    }

    private static string Spoil(string mark, Bad[] bad) => string.Join(
        "; ", bad.Select(one => $"update customers set {one.Assignment} where last_name = '{mark} {one.Name}'"));

    private async Task AssertRefusedAsync(string mark, Bad[] bad)
    {
        var failing = await _scenario.Database.ListAsync<string>(
            $"""
            select substr(r.last_name, {mark.Length + 2}) || ': ' || o.detail
              from record_outcomes o join customers r on r.id = o.local_id
              where o.state = '{OutcomeState.Failing}' and o.reason = '{OutcomeReason.RefusedByHubSpot}'
                and r.last_name like '{mark} %'
            """);
        Assert.Equal(bad.Select(one => $"{one.Name}: {one.Detail}").Order(), failing.Order());
    }

    private async Task<List<string>> LastNamesAsync(string mark) =>
    [
        .. (await FakeContacts.ReadAsync(_scenario.Fake)).Select(contact => contact["lastname"] ?? "")
            .Where(name => name.StartsWith($"{mark} ", StringComparison.Ordinal)),
    ];

    private sealed record Bad(string Name, string Assignment, string Detail);

    public sealed class StrictAccount : ConnectedScene
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Scenario.AddPropertiesAsync(
                new FakeProperty("bad_number", "number", "number"),
                new FakeProperty("bad_date", "date", "date"),
                new FakeProperty("bad_flag", "bool", "booleancheckbox", "true", "false"),
                new FakeProperty("bad_choice", "enumeration", "select", "A", "B"),
                new FakeProperty("bad_text", "string", "text"),
                new FakeProperty("bad_unique", "string", "text") { IsUnique = true });
            await Scenario.ChangeRulesAsync(connection => connection.CustomFields =
            [
                Field("bad_number", FieldType.Number),
                Field("bad_date", FieldType.Date),
                Field("bad_flag", FieldType.Boolean),
                Field("bad_choice", FieldType.Enumeration),
                Field("bad_text", FieldType.Text),
                Field("bad_unique", FieldType.Text),
            ]);
            await Scenario.MakeContactAsync(
                "holder@bad.example", ("bad_unique", "taken"), ("lifecyclestage", "lead"));
            foreach (var mark in (string[])["new", "old"])
            {
                await Scenario.Fake.EraseAsync(await Scenario.MakeContactAsync(
                    $"erased.{mark}@bad.example", ("lifecyclestage", "lead")));
            }

            await Scenario.DemandAsync(
                ["jobtitle"], new { property = "city", values = new[] { "Demanding" }, required = new[] { "zip" } });
            using var admin = Scenario.Admin();
            await admin.PutAsync(
                "/crm/property-validations/2026-09/0-1/state/rule-type/MAX_LENGTH",
                new { ruleArguments = new[] { "5" } });
        }

        private static CustomField Field(string name, FieldType type) =>
            new(RecordKind.Contact, new FieldDefinition(name, name, type) { IsCustom = true });
    }
}
