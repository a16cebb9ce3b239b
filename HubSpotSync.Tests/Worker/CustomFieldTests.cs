using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Journal;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Worker;

/// <summary>
/// Fields that an admin adds: typed, both ways, with value tables; and properties that HubSpot loses.
/// </summary>
public sealed class CustomFieldTests
{
    private const string Properties = "/crm/properties/2026-09/contacts";
    private const string Token = "token-of-the-tests";

    [Fact]
    public async Task A_custom_field_travels_both_ways_by_its_type()
    {
        await using var scenario = await StartAsync();
        await AddPropertyAsync(scenario, "score", "number", "number");
        await MapAsync(scenario, new FieldDefinition("score", "score", FieldType.Number) { IsCustom = true });
        var id = await MakeAsync(scenario, new { score = "12.50" });
        await scenario.RunAsync();
        var customer = (await scenario.CustomerAsync(id))!; // it is in scope

        Assert.Equal("12.5", await scenario.CustomAsync<string>(customer.Id, "score"));

        await scenario.Database.ExecuteAsync(
            $"""update customers set custom = custom || '{"{\"score\": \"13\"}"}' where id = '{customer.Id}'""");
        await scenario.SeeContactAsync("custom@fields.example", contact => contact["score"] == "13");
        await scenario.NothingWaitsAsync();
        var run = await scenario.RunAsync();

        Assert.Equal((0, 0), (run.Updated, run.Failed));
    }

    [Fact]
    public async Task Both_sides_of_a_custom_field_are_decided_by_the_newest_edit()
    {
        await using var scenario = await StartAsync();
        await AddPropertyAsync(scenario, "nickname", "string", "text");
        await MapAsync(scenario, new FieldDefinition("nickname", "nickname", FieldType.Text) { IsCustom = true });
        var id = await MakeAsync(scenario, new { nickname = "Old" });
        await scenario.RunAsync();
        var customer = (await scenario.CustomerAsync(id))!; // it is in scope
        await scenario.PauseWorkersAsync();

        await scenario.Fake.EditAsync("contacts", id, new { nickname = "Theirs" });
        await scenario.Database.ExecuteAsync(
            $"""update customers set custom = '{"{\"nickname\": \"Ours\"}"}' where id = '{customer.Id}'""");
        await scenario.StartWorkerAsync();
        await scenario.RunAsync();
        await scenario.NothingWaitsAsync();

        Assert.Equal("Ours", (await scenario.ContactAsync(id))["nickname"]);
        var conflict = await scenario.QueryAsync(db => db.Conflicts.AsNoTracking().SingleAsync());
        Assert.Equal(("nickname", "Theirs"), (conflict.Field, conflict.HubspotValue));
    }

    [Fact]
    public async Task Options_are_translated_and_an_unknown_one_touches_neither_side()
    {
        await using var scenario = await StartAsync();
        await AddPropertyAsync(scenario, "tier", "enumeration", "select", "T1", "T2", "T3");
        await MapAsync(scenario, new FieldDefinition("tier", "tier", FieldType.Enumeration)
        {
            IsCustom = true,
            Values = new ValueTable([new("T1", "gold"), new("T2", "silver")]),
        });
        var id = await MakeAsync(scenario, new { tier = "T1" });
        await scenario.RunAsync();
        var customer = (await scenario.CustomerAsync(id))!; // it is in scope
        Assert.Equal("gold", await scenario.CustomAsync<string>(customer.Id, "tier"));

        await scenario.Database.ExecuteAsync(
            $"""update customers set custom = '{"{\"tier\": \"silver\"}"}' where id = '{customer.Id}'""");
        await scenario.SeeContactAsync("custom@fields.example", contact => contact["tier"] == "T2");
        await scenario.NothingWaitsAsync();
        await scenario.Fake.EditAsync("contacts", id, new { tier = "T3" });
        await scenario.RunAsync();

        Assert.Equal("silver", await scenario.CustomAsync<string>(customer.Id, "tier"));
        Assert.Equal("T3", (await scenario.ContactAsync(id))["tier"]);
        var outcome = await scenario.OutcomeAsync(id);
        Assert.Equal((OutcomeReason.ValueNotMapped, "tier=T3"), (outcome.Reason, outcome.Detail));
    }

    [Fact]
    public async Task A_property_that_HubSpot_deletes_switches_its_mapping_off_and_empties_nothing()
    {
        await using var scenario = await StartAsync();
        await AddPropertyAsync(scenario, "nickname", "string", "text");
        await MapAsync(scenario, new FieldDefinition("nickname", "nickname", FieldType.Text) { IsCustom = true });
        var id = await MakeAsync(scenario, new { nickname = "Kept" });
        await scenario.RunAsync();
        var customer = (await scenario.CustomerAsync(id))!; // it is in scope
        using var hubSpot = new HubSpotCaller(scenario.Fake.Url, Token);
        Assert.Equal(204, (await hubSpot.DeleteAsync($"{Properties}/nickname")).Status);

        await scenario.Database.ExecuteAsync(
            $"""
            update customers set custom = '{"{\"nickname\": \"Newer\"}"}', city = 'Lund' where id = '{customer.Id}'
            """);
        await scenario.SeeContactAsync("custom@fields.example", contact => contact["city"] == "Lund");
        await scenario.NothingWaitsAsync();
        await scenario.RunAsync();

        Assert.Equal("Newer", await scenario.CustomAsync<string>(customer.Id, "nickname"));
        Assert.Equal(OutcomeState.InSync, (await scenario.OutcomeAsync(id)).State);
        var disabled = await DisabledAsync(scenario);
        Assert.Equal(("nickname", DisabledReason.PropertyGone), (disabled.Single().Field, disabled.Single().Reason));

        await AddPropertyAsync(scenario, "nickname", "string", "text");
        await scenario.RunAsync();

        Assert.Empty(await DisabledAsync(scenario));
        Assert.Equal("Newer", (await scenario.ContactAsync(id))["nickname"]);
    }

    [Fact]
    public async Task A_chosen_unique_property_tells_contacts_apart_when_no_address_does()
    {
        await using var scenario = await StartAsync();
        await AddPropertyAsync(scenario, "customer_number", "string", "text", unique: true);
        await MapAsync(
            scenario,
            new FieldDefinition("customer_number", "customer_number", FieldType.Text) { IsCustom = true });
        await scenario.ChangeRulesAsync(connection => connection.MatchField = "customer_number");
        await scenario.RunAsync();
        var there = await MakeAsync(scenario, new { customer_number = "C-7" });
        await scenario.Database.ExecuteAsync(
            $"""
            insert into customers (id, workspace_id, email, last_name, custom) values (gen_random_uuid(),
              '{scenario.WorkspaceId}', 'other@fields.example', 'Same', '{"{\"customer_number\": \"C-7\"}"}')
            """);

        await scenario.NothingWaitsAsync();
        await scenario.RunAsync();

        var customer = await scenario.CustomerAsync(there);
        Assert.Equal("Same", customer?.LastName);
        Assert.DoesNotContain(
            await FakeContacts.ReadAsync(scenario.Fake),
            contact => contact.Id != there && contact["lastname"] == "Same");
    }

    private static async Task<SyncScenario> StartAsync()
    {
        var scenario = await SyncScenario.StartAsync([.. SyncScenario.Tiny, $"--Fake:Token={Token}"]);
        await scenario.ConnectAsync();
        return scenario;
    }

    private static Task<List<DisabledField>> DisabledAsync(SyncScenario scenario) =>
        scenario.QueryAsync(db => db.Connections.AsNoTracking().Select(one => one.DisabledFields).SingleAsync());

    private static Task MapAsync(SyncScenario scenario, FieldDefinition field) =>
        scenario.ChangeRulesAsync(connection =>
            connection.CustomFields = [.. connection.CustomFields, new CustomField(RecordKind.Contact, field)]);

    private static Task AddPropertyAsync(
        SyncScenario scenario, string name, string type, string fieldType, params string[] options) =>
        AddPropertyAsync(scenario, name, type, fieldType, false, options);

    private static async Task AddPropertyAsync(
        SyncScenario scenario, string name, string type, string fieldType, bool unique, params string[] options)
    {
        using var hubSpot = new HubSpotCaller(scenario.Fake.Url, Token);
        var answer = await hubSpot.PostAsync(Properties, new
        {
            name,
            label = name,
            type,
            fieldType,
            groupName = "contactinformation",
            hasUniqueValue = unique,
            options = options.Select(
                (option, at) => new { label = option, value = option, hidden = false, displayOrder = at }),
        });
        Assert.Equal(201, answer.Status);
    }

    private static Task<long> MakeAsync(SyncScenario scenario, object more)
    {
        var properties = new Dictionary<string, object?>
        {
            ["email"] = "custom@fields.example",
            ["lifecyclestage"] = "customer",
        };
        foreach (var property in more.GetType().GetProperties())
        {
            properties[property.Name] = property.GetValue(more);
        }

        return scenario.Fake.CreateAsync("contacts", properties);
    }
}
