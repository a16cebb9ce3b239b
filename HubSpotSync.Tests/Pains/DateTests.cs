using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.Pains;

/// <summary>Days that shift, moments in the wrong unit. The workspace is nine hours ahead of Greenwich.</summary>
public sealed class DateTests(DateTests.Tokyo tokyo) : IClassFixture<DateTests.Tokyo>
{
    private readonly SyncScenario _scenario = tokyo.Scenario;

    [Fact]
    public async Task A_day_is_the_same_day_on_both_sides_wherever_the_workspace_is()
    {
        var person = await _scenario.ArriveAsync("day@dates.example", ("birthday_of_company", "2026-03-29"));
        Assert.Equal("2026-03-29", await HereAsync(person, "birthday_of_company"));

        await WriteHereAsync(person, "birthday_of_company", "2026-10-25");
        Assert.Equal("2026-10-25", await ThereAsync(person, "birthday_of_company"));

        await AssertNothingIsLeftToDoAsync();
    }

    [Theory]
    [InlineData("1774747800250", "2026-03-29T01:30:00.250Z")] // milliseconds, in the hour that Europe skips
    [InlineData("2026-10-25T02:30:00.5+02:00", "2026-10-25T00:30:00.500Z")] // the hour that it has twice
    [InlineData("2026-03-29T00:00:00Z", "2026-03-29T00:00:00.000Z")]
    public async Task A_moment_is_the_same_moment_however_it_is_written(string here, string there)
    {
        var person = await _scenario.ArriveAsync($"{Guid.NewGuid():N}@dates.example", ("last_visit", there));
        Assert.Equal(there, await HereAsync(person, "last_visit"));
        await WriteHereAsync(person, "last_visit", here); // the same, in other words
        await AssertNothingIsLeftToDoAsync();

        await WriteHereAsync(person, "last_visit", "2020-02-29T12:00:00Z");
        await WriteHereAsync(person, "last_visit", here);

        Assert.Equal(there, await ThereAsync(person, "last_visit"));
        await AssertNothingIsLeftToDoAsync();
    }

    [Theory]
    [InlineData("2026-03-29T00:00:00.000Z")]
    [InlineData("2026-12-31T23:59:59.999Z")]
    public async Task A_deal_closes_when_HubSpot_says(string closes)
    {
        await _scenario.Fake.CreateAsync("deals", new
        {
            dealname = closes,
            pipeline = "default",
            dealstage = "appointmentscheduled",
            closedate = closes,
        });
        await _scenario.LookAtChangesAsync();

        Assert.Equal(
            DateTimeOffset.Parse(closes, null).UtcDateTime,
            await _scenario.Database.ScalarAsync<DateTime>($"select close_date from deals where name = '{closes}'"));
    }

    private async Task AssertNothingIsLeftToDoAsync()
    {
        var writes = _scenario.Writes().Sum(call => call.Count);
        var run = await _scenario.LookAtEverythingAsync();
        Assert.Equal((RunState.Done, 0, 0), (run.State, run.Updated, run.Failed));
        Assert.Equal(writes, _scenario.Writes().Sum(call => call.Count));
    }

    private Task WriteHereAsync(Arrived person, string field, string value) => _scenario.EditHereAndPushAsync(
        person.Customer, $"custom = custom || jsonb_build_object('{field}', '{value}')");

    private Task<string> HereAsync(Arrived person, string field) =>
        _scenario.CustomAsync<string>(person.Customer, field);

    private async Task<string?> ThereAsync(Arrived person, string property) =>
        (await _scenario.ContactAsync(person.Contact))[property];

    public sealed class Tokyo : ConnectedScene
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Scenario.Database.ExecuteAsync("update workspaces set time_zone = 'Asia/Tokyo'");
            await Scenario.AddPropertiesAsync(
                new FakeProperty("birthday_of_company", "date", "date"),
                new FakeProperty("last_visit", "datetime", "date"));
            await Scenario.ChangeRulesAsync(connection => connection.CustomFields =
            [
                Field("birthday_of_company", FieldType.Date),
                Field("last_visit", FieldType.DateTime),
            ]);
        }

        private static CustomField Field(string name, FieldType type) =>
            new(RecordKind.Contact, new FieldDefinition(name, name, type) { IsCustom = true });
    }
}
