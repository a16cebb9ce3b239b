using System.Net;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>Two records become one as a program wants it.</summary>
public sealed class RecordMergeApiTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private readonly ApiClient _program = scene.Program;

    [Fact]
    public async Task Two_companies_become_one_with_what_was_taken_and_once_however_often_it_is_asked()
    {
        var stays = await MakeAsync("Engines", "London");
        var goes = await MakeAsync("Engine Works", "Graz");
        var wish = new { with = ApiOperations.Id(goes), take = new[] { "city" } };

        var merged = await _program.PostAsync($"{stays.Location}/merge", wish, ("Idempotency-Key", "merge-1"));
        var replayed = await _program.PostAsync($"{stays.Location}/merge", wish, ("Idempotency-Key", "merge-1"));
        var again = await _program.PostAsync($"{stays.Location}/merge", wish);
        var gone = await _program.GetAsync(goes.Location!);
        var back = await _program.PostAsync($"{goes.Location}/merge", new { with = ApiOperations.Id(stays) });

        Assert.Equal(HttpStatusCode.OK, merged.Status);
        Assert.Equal(("Engines", "Graz"), (Field(merged, "name"), Field(merged, "city")));
        Assert.Equal("true", replayed.Header("Idempotency-Replayed"));
        Assert.Equal(merged.Text, again.Text);
        Assert.Equal(merged.Header("ETag"), again.Header("ETag"));
        Assert.Equal(ApiOperations.Id(stays), gone.Json.GetProperty("mergedInto").GetGuid());
        Assert.Equal((HttpStatusCode.Conflict, "archived"), (back.Status, back.Code()));
        Assert.Equal(1L, await scene.Portal.CountAsync(
            $"activities where company_id = '{ApiOperations.Id(stays)}' and kind = 'company.merged'"));
        Assert.Equal(1L, await scene.Portal.CountAsync(
            $"audit_log where subject = 'company {ApiOperations.Id(stays)}' and key_id is not null"));
    }

    [Fact]
    public async Task Without_a_word_what_is_empty_is_filled_and_what_is_given_is_taken_alone()
    {
        var (stays, goes) = (await MakeAsync("One", null), await MakeAsync("Two", "Graz"));
        var (bare, full) = (await MakeAsync("Three", null), await MakeAsync("Four", "Graz"));

        var filled = await _program.PostAsync($"{stays.Location}/merge", new { with = ApiOperations.Id(goes) });
        var kept = await _program.PostAsync(
            $"{bare.Location}/merge", new { with = ApiOperations.Id(full), take = Array.Empty<string>() });

        Assert.Equal(("One", "Graz"), (Field(filled, "name"), Field(filled, "city")));
        Assert.Equal(("Three", null), (Field(kept, "name"), Field(kept, "city")));
    }

    [Fact]
    public async Task Of_two_that_are_merged_into_each_other_at_once_one_stays()
    {
        var (one, two) = (await MakeAsync("One", "London"), await MakeAsync("Two", "Graz"));

        var answers = await Task.WhenAll(
            _program.PostAsync($"{one.Location}/merge", new { with = ApiOperations.Id(two) }),
            _program.PostAsync($"{two.Location}/merge", new { with = ApiOperations.Id(one) }));

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.Status).Order());
        Assert.Single(
            new[] { await _program.GetAsync(one.Location!), await _program.GetAsync(two.Location!) },
            answer => IsWhole(answer) == (true, true));
    }

    [Fact]
    public async Task What_can_not_be_is_said_by_its_field_and_changes_nothing()
    {
        var (stays, goes) = (await MakeAsync("One", "London"), await MakeAsync("Two", "Graz"));
        await scene.Portal.AddLinkAsync(scene.Connection, "Company", ApiOperations.Id(stays), 77_001);
        var elsewhere = await scene.Portal.AddCompanyAsync("Foreign", "foreign.example", scene.Elsewhere);

        var owned = await _program.PostAsync(
            $"{stays.Location}/merge", new { with = ApiOperations.Id(goes), take = new[] { "city" } });
        var unknown = await _program.PostAsync(
            $"{stays.Location}/merge", new { with = ApiOperations.Id(goes), take = new[] { "shoe_size" } });
        var foreign = await _program.PostAsync($"{stays.Location}/merge", new { with = elsewhere });
        var itself = await _program.PostAsync($"{stays.Location}/merge", new { with = ApiOperations.Id(stays) });
        var nobody = await _program.PostAsync(
            $"/api/companies/{Guid.NewGuid()}/merge", new { with = ApiOperations.Id(stays) });

        Assert.Equal("hubspot_owns_field", owned.Code());
        Assert.Equal(["take"], owned.Errors());
        Assert.Equal(["take"], unknown.Errors());
        Assert.Equal(["with"], foreign.Errors());
        Assert.Equal(["with"], itself.Errors());
        Assert.Equal(HttpStatusCode.NotFound, nobody.Status);
        Assert.Equal((true, true), IsWhole(await _program.GetAsync(goes.Location!)));
    }

    [Fact]
    public async Task An_address_that_a_third_customer_has_is_refused_and_leaves_both_as_they_were()
    {
        scene.Portal.Secrets.Add("third.canary@example.com");
        var stays = await scene.CustomerAsync("Stays");
        var goes = await scene.CustomerAsync("Goes", "third.canary@example.com");
        await _program.PostAsync($"{goes.Location}/archive");
        await scene.CustomerAsync("Third", "third.canary@example.com");

        var refused = await _program.PostAsync(
            $"{stays.Location}/merge", new { with = ApiOperations.Id(goes), take = new[] { "email" } });

        Assert.Equal((HttpStatusCode.Conflict, "exists_already"), (refused.Status, refused.Code()));
        Assert.Null(Field(await _program.GetAsync(stays.Location!), "email"));
        Assert.True(IsWhole(await _program.GetAsync(goes.Location!)).FromMerges);
    }

    private Task<PageAnswer> MakeAsync(string name, string? city) =>
        scene.CreateAsync("/api/companies", new { fields = new { name, city } });

    /// <summary>Whether it is part of no other, and not archived.</summary>
    private static (bool FromMerges, bool FromArchives) IsWhole(PageAnswer answer) => (
        answer.Json.GetProperty("mergedInto").ValueKind == System.Text.Json.JsonValueKind.Null,
        answer.Json.GetProperty("archivedAt").ValueKind == System.Text.Json.JsonValueKind.Null);

    private static string? Field(PageAnswer answer, string name) =>
        RecordApiTests.Text(answer.Json.GetProperty("fields"), name);
}
