using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.Pains;

/// <summary>Accounts with more properties, and longer texts, than a program reckoned with.</summary>
public sealed class ManyPropertiesTests(ConnectedScene scene) : IClassFixture<ConnectedScene>
{
    private const int Many = 900;
    private const string Last = "a_property_with_quite_a_long_name_899";
    private readonly SyncScenario _scenario = scene.Scenario;

    [Fact]
    public async Task Nine_hundred_properties_do_not_make_the_address_too_long()
    {
        string[] names = [.. Enumerable.Range(0, Many).Select(at => $"a_property_with_quite_a_long_name_{at}")];
        await _scenario.AddPropertiesAsync(names.Select(name => new FakeProperty(name, "string", "text")));
        await _scenario.ChangeRulesAsync(connection => connection.CustomFields =
        [
            .. names.Select(name => new CustomField(
                RecordKind.Contact, new FieldDefinition(name, name, FieldType.Text) { IsCustom = true })),
        ]);
        var known = await _scenario.ArriveAsync("known@many.example", (Last, "By search"));
        Assert.Equal("By search", await LastAsync(known.Customer));

        await _scenario.EditThereAsync(known.Contact, new Dictionary<string, string> { [Last] = "By list" });
        await _scenario.Database.ExecuteAsync( // which hides it from the search
            "update hubspot_connections set changes_since = now() + interval '1 hour'");
        await _scenario.LookAtEverythingAsync();
        Assert.Equal("By list", await LastAsync(known.Customer));

        await _scenario.EditHereAndPushAsync(known.Customer, $$"""custom = custom || '{"{{Last}}": "From here"}'""");
        Assert.Equal("From here", (await _scenario.ContactAsync(known.Contact))[Last]);

        var other = await _scenario.ArriveAsync("other@many.example");
        var merged = await _scenario.Fake.MergeAsync("contacts", known.Contact, other.Contact);
        await _scenario.EditHereAndPushAsync(known.Customer, "city = 'Graz'"); // by its old id
        Assert.Equal("Graz", (await _scenario.ContactAsync(merged))["city"]);
        Assert.Equal("From here", await LastAsync(known.Customer));
    }

    [Fact]
    public async Task A_text_of_sixty_thousand_characters_arrives_whole_and_goes_back_whole()
    {
        await _scenario.AddPropertiesAsync(new FakeProperty("story", "string", "textarea"));
        await _scenario.ChangeRulesAsync(connection => connection.CustomFields =
        [
            .. connection.CustomFields,
            new CustomField(RecordKind.Contact, new FieldDefinition("story", "story", FieldType.Text)
            {
                IsCustom = true,
            }),
        ]);
        var text = string.Concat(Enumerable.Range(0, 6_000).Select(at => $"{at:00000} line\n"))[..60_000];
        var person = await _scenario.ArriveAsync("story@many.example", ("story", text));
        Assert.Equal(text.Trim(), await _scenario.CustomAsync<string>(person.Customer, "story"));

        await _scenario.EditHereAndPushAsync(
            person.Customer, "custom = custom || jsonb_build_object('story', 'Once: ' || (custom->>'story'))");

        Assert.Equal($"Once: {text.Trim()}", (await _scenario.ContactAsync(person.Contact))["story"]);
    }

    private Task<string> LastAsync(Guid customer) => _scenario.CustomAsync<string>(customer, Last);
}
