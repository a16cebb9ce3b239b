using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>What a person in HubSpot does, through the control API.</summary>
[Collection(FakeHubSpotTests.Name)]
public sealed class PersonTests(FakeHubSpotFixture fixture) : IDisposable
{
    private const string People = "/_fake/accounts/12345/objects/contacts";
    private readonly HubSpotCaller _control = fixture.Host.Anonymous();
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose()
    {
        _control.Dispose();
        _caller.Dispose();
    }

    [Fact]
    public async Task An_edit_may_be_dated_but_histories_only_grow()
    {
        var id = await CreateAsync(_control, People, With(("email", Email()), ("city", "First")));
        var made = fixture.Host.Time.GetUtcNow();
        fixture.Host.Time.Advance(TimeSpan.FromMinutes(10));

        var edited = await EditAsync(id, "Second", made.AddMinutes(3));
        var early = await EditAsync(id, "Third", made.AddMinutes(2));
        var late = await EditAsync(id, "Third", made.AddMinutes(11));
        var history = await _caller.GetAsync($"{Contacts}/{id}?propertiesWithHistory=city");

        Assert.Equal(WireTime.Format(made.AddMinutes(3)), edited.At("updatedAt"));
        Assert.Equal(
            ("Second", WireTime.Format(made.AddMinutes(3)), "CRM_UI", "First"),
            (
                history.At("propertiesWithHistory.city.0.value"),
                history.At("propertiesWithHistory.city.0.timestamp"),
                history.At("propertiesWithHistory.city.0.sourceType"),
                history.At("propertiesWithHistory.city.1.value")));
        Assert.Equal((400, 400), (early.Status, late.Status));
        Assert.Contains("before the record's last change", early.At("message"), StringComparison.Ordinal);
        Assert.Contains("in the future", late.At("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moment_nobody_can_read_is_refused_by_what_is_expected()
    {
        var refused = await _control.PostAsync(
            People, new { at = "yesterday", properties = new { email = Email() } });

        Assert.Equal(400, refused.Status);
        Assert.Contains("at is 'yesterday'", refused.At("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erasing_takes_the_values_and_blocks_the_address()
    {
        var email = Email();
        var id = await CreateAsync(_control, People, With(("email", email)));

        var erased = await _control.PostAsync($"{People}/{id}/erase", new { });

        Assert.Equal(204, erased.Status);
        Assert.Equal(404, (await _caller.GetAsync($"{Contacts}/{id}?archived=true")).Status);
        Assert.Equal(400, (await _caller.PostAsync(Contacts, With(("email", email)))).Status);
    }

    [Fact]
    public async Task Restoring_a_record_whose_address_was_taken_is_refused()
    {
        var email = Email();
        var id = await CreateAsync(_control, People, With(("email", email)));
        await _control.DeleteAsync($"{People}/{id}");
        await CreateAsync(_control, People, With(("email", email)));

        var refused = await _control.PostAsync($"{People}/{id}/restore", new { });

        Assert.Equal((409, "CONFLICT"), (refused.Status, refused.At("category")));
        Assert.Equal(204, (await _control.PostAsync($"{People}/{id}/erase", new { })).Status);
    }

    [Fact]
    public async Task A_person_links_and_unlinks_records()
    {
        var contact = await CreateAsync(_control, People, With(("email", Email())));
        var company = await CreateAsync(
            _control, "/_fake/accounts/12345/objects/companies", With(("name", "Linked")));
        var path = $"/crm/v4/objects/contacts/{contact}/associations/companies";

        await _control.PutAsync($"{People}/{contact}/associations/companies/{company}", new { });
        Assert.Equal(company, (await _caller.GetAsync(path)).At("results.0.toObjectId"));
        await _control.DeleteAsync($"{People}/{contact}/associations/companies/{company}");
        Assert.Empty((await _caller.GetAsync(path)).Results);
    }

    private Task<HubSpotAnswer> EditAsync(string id, string city, DateTimeOffset at) => _control.PatchAsync(
        $"{People}/{id}", new { at = WireTime.Format(at), properties = new { city } });
}
