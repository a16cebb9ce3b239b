using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

[Collection(FakeHubSpotTests.Name)]
public sealed class ReadTests(FakeHubSpotFixture fixture) : IDisposable
{
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose() => _caller.Dispose();

    [Theory]
    [InlineData("/crm/v3/objects/contacts")]
    [InlineData("/crm/v3/objects/contact")]
    [InlineData("/crm/v3/objects/0-1")]
    [InlineData("/crm/objects/2026-03/contacts")]
    [InlineData("/crm/objects/2026-09/0-1")]
    [InlineData("/crm/objects/2026-09/companies")]
    [InlineData("/crm/v3/objects/0-3")]
    public async Task Every_spelling_of_a_path_lists_records(string path)
    {
        var answer = await _caller.GetAsync(path);

        Assert.Equal((200, 10), (answer.Status, answer.Results.Count));
    }

    [Fact]
    public async Task Paging_by_after_reaches_every_live_record_once()
    {
        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await _caller.GetAsync($"{Contacts}?limit=100" + (after is null ? "" : $"&after={after}"));
            seen.AddRange(page.Results.Select(result => result.GetProperty("id").GetString()!)); // every record has one
            after = page.At("paging.next.after");
        }
        while (after is not null);

        var live = fixture.Host.Accounts.Main.Store(ObjectType.Contact).Records.Count(record => !record.Archived);
        Assert.Equal((live, live), (seen.Count, seen.Distinct().Count()));
    }

    [Fact]
    public async Task Without_names_the_usual_properties_come_and_unset_ones_are_null()
    {
        var id = await ContactAsync(_caller);

        var answer = await _caller.GetAsync($"{Contacts}/{id}");

        Assert.Equal(
            ["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"],
            answer.Json.GetProperty("properties")
                .EnumerateObject()
                .Select(property => property.Name)
                .Order(StringComparer.Ordinal));
        Assert.True(answer.Has("properties", "lastname"));
        Assert.Null(answer.At("properties.lastname"));
    }

    [Fact]
    public async Task Named_properties_come_with_the_dates_and_unknown_names_are_left_out()
    {
        var id = await CompanyAsync(_caller);

        var answer = await _caller.GetAsync($"{Companies}/{id}?properties=phone,no_such_thing&properties=name");

        Assert.True(
            answer.Has("properties", "phone")
                && answer.Has("properties", "name")
                && answer.Has("properties", "hs_lastmodifieddate"));
        Assert.False(
            answer.Has("properties", "no_such_thing")
                || answer.Has("properties", "domain")
                || answer.Has("properties", "lastmodifieddate"));
    }

    [Fact]
    public async Task A_contact_is_found_by_its_address_in_any_case()
    {
        var email = Email();
        var id = await ContactAsync(_caller, ("email", email.ToUpperInvariant()));

        var answer = await _caller.GetAsync($"{Contacts}/{email}?idProperty=email");

        Assert.Equal((id, email), (answer.At("id"), answer.At("properties.email")));
        Assert.Equal(400, (await _caller.GetAsync($"{Contacts}/Sample?idProperty=firstname")).Status);
    }

    [Fact]
    public async Task A_secondary_address_is_taken_but_finds_nobody()
    {
        var second = Email();
        await ContactAsync(_caller, ("email", Email()), ("hs_additional_emails", second));

        Assert.Equal(404, (await _caller.GetAsync($"{Contacts}/{second}?idProperty=email")).Status);
        Assert.Equal(409, (await _caller.PostAsync(Contacts, With(("email", second)))).Status);
    }

    [Fact]
    public async Task What_is_not_there_is_a_404_and_so_is_what_is_archived()
    {
        var id = await ContactAsync(_caller);
        var before = (await _caller.GetAsync($"{Contacts}/{id}")).At("properties.lastmodifieddate");
        fixture.Host.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(204, (await _caller.DeleteAsync($"{Contacts}/{id}")).Status);

        Assert.Equal("OBJECT_NOT_FOUND", (await _caller.GetAsync($"{Contacts}/{id}")).At("category"));
        Assert.Equal(404, (await _caller.GetAsync($"{Contacts}/999999999")).Status);
        var archived = await _caller.GetAsync($"{Contacts}/{id}?archived=true");
        Assert.Equal(("True", before), (archived.At("archived"), archived.At("properties.lastmodifieddate")));
        Assert.NotNull(archived.At("archivedAt"));
        Assert.Equal(204, (await _caller.DeleteAsync($"{Contacts}/{id}")).Status);
    }

    [Fact]
    public async Task The_archived_list_holds_only_archived_records()
    {
        var answer = await _caller.GetAsync($"{Contacts}?archived=true&limit=100");

        Assert.NotEmpty(answer.Results);
        Assert.All(answer.Results, result => Assert.True(result.GetProperty("archived").GetBoolean()));
    }

    [Fact]
    public async Task History_tells_who_wrote_a_value_newest_first()
    {
        var id = await ContactAsync(_caller);
        fixture.Host.Time.Advance(TimeSpan.FromSeconds(1));
        using var person = fixture.Host.Anonymous();
        await person.PatchAsync($"/_fake/accounts/12345/objects/contacts/{id}", With(("firstname", "Changed")));

        var answer = await _caller.GetAsync($"{Contacts}/{id}?propertiesWithHistory=firstname");

        const string History = "propertiesWithHistory.firstname.";
        Assert.Equal(
            ("Changed", "CRM_UI", "userId:67"),
            (answer.At(History + "0.value"), answer.At(History + "0.sourceType"), answer.At(History + "0.sourceId")));
        Assert.Equal(
            ("Sample", "INTEGRATION", "4455"),
            (answer.At(History + "1.value"), answer.At(History + "1.sourceType"), answer.At(History + "1.sourceId")));
        Assert.Equal(400, (await _caller.GetAsync($"{Contacts}?limit=51&propertiesWithHistory=firstname")).Status);
        Assert.Equal(400, (await _caller.GetAsync($"{Contacts}?limit=101")).Status);
    }

    [Fact]
    public async Task Accounts_do_not_see_each_other()
    {
        using var other = fixture.Host.Connect(fixture.Host.Accounts.Small);
        var id = await ContactAsync(_caller, ("email", Email()));

        Assert.Equal(404, (await other.GetAsync($"{Contacts}/{id}")).Status);
        Assert.Equal("67890", (await other.GetAsync("/account-info/2026-09/details")).At("portalId"));
    }

    [Fact]
    public async Task A_route_the_fake_does_not_know_is_a_404_and_is_counted()
    {
        var before = fixture.Host.Requests.Unknown;

        var answer = await _caller.GetAsync("/crm/v9/objects/contacts");

        Assert.Equal((404, "error"), (answer.Status, answer.At("status")));
        Assert.Equal(before + 1, fixture.Host.Requests.Unknown);
    }

    [Fact]
    public async Task Account_details_carry_the_name_on_the_newest_version_only()
    {
        var newest = await _caller.GetAsync("/account-info/2026-09/details");
        var v3 = await _caller.GetAsync("/account-info/v3/details");

        Assert.Equal(
            ("12345", "Acme Outfitters", "EUR", "+01:00"),
            (newest.At("portalId"), newest.At("portalName"), newest.At("companyCurrency"), newest.At("utcOffset")));
        Assert.Equal(("12345", null), (v3.At("portalId"), v3.At("portalName")));
    }
}
