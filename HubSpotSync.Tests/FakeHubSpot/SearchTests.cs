using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

[Collection(FakeHubSpotTests.Name)]
public sealed class SearchTests(FakeHubSpotFixture fixture) : IDisposable
{
    private const string Search = $"{Contacts}/search";
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task Search_sees_new_records_and_changes_only_after_a_while()
    {
        var email = Email();
        var id = await ContactAsync(_caller, ("email", email));
        var tooEarly = await FindAsync("email", "EQ", email);
        Settle();
        var found = await FindAsync("email", "EQ", email.ToUpperInvariant());
        await _caller.PatchAsync($"{Contacts}/{id}", With(("firstname", "Changed")));

        var stale = await FindAsync("email", "EQ", email);

        Assert.Equal(("0", "1", id), (tooEarly.At("total"), found.At("total"), found.At("results.0.id")));
        Assert.Equal("Sample", stale.At("results.0.properties.firstname"));
        Settle();
        Assert.Equal("Changed", (await FindAsync("email", "EQ", email)).At("results.0.properties.firstname"));
    }

    [Fact]
    public async Task Archived_records_are_never_found()
    {
        var email = Email();
        var id = await ContactAsync(_caller, ("email", email));
        await _caller.DeleteAsync($"{Contacts}/{id}");
        Settle();

        Assert.Equal("0", (await FindAsync("email", "EQ", email)).At("total"));
    }

    [Theory]
    [InlineData("city", "EQ", "Searchville", true)]
    [InlineData("city", "NEQ", "Searchville", false)]
    [InlineData("city", "HAS_PROPERTY", null, true)]
    [InlineData("zip", "NOT_HAS_PROPERTY", null, true)]
    [InlineData("city", "CONTAINS_TOKEN", "search*", true)]
    [InlineData("city", "NOT_CONTAINS_TOKEN", "Searchville", false)]
    [InlineData("loyalty_points", "GT", "99", true)]
    [InlineData("loyalty_points", "LTE", "99.5", false)]
    [InlineData("loyalty_points", "EQ", "100.0", true)]
    [InlineData("lifecyclestage", "EQ", "Lead", false)]
    public async Task Each_operator_does_what_it_says(string property, string @operator, string? value, bool found)
    {
        var email = Email();
        await ContactAsync(
            _caller, ("email", email), ("city", "Searchville"), ("loyalty_points", "100"), ("lifecyclestage", "lead"));
        Settle();

        var answer = await _caller.PostAsync(
            Search, Query([Filter("email", "EQ", email), Filter(property, @operator, value)]));

        Assert.Equal(found ? "1" : "0", answer.At("total"));
    }

    [Fact]
    public async Task Lists_and_ranges_match_and_text_lists_must_be_lower_case()
    {
        var email = Email();
        var id = await ContactAsync(_caller, ("email", email), ("city", "Listville"));
        Settle();

        Assert.Equal(
            "1",
            (
                await _caller.PostAsync(
                    Search, Query([new { propertyName = "city", @operator = "IN", values = new[] { "listville" } }])))
                .At("total"));
        Assert.Equal(
            "0",
            (
                await _caller.PostAsync(
                    Search, Query([new { propertyName = "city", @operator = "IN", values = new[] { "Listville" } }])))
                .At("total"));
        var range = new { propertyName = "hs_object_id", @operator = "BETWEEN", value = id, highValue = id };
        Assert.Equal("1", (await _caller.PostAsync(Search, Query([range]))).At("total"));
    }

    [Fact]
    public async Task Groups_are_alternatives()
    {
        var (one, two) = (Email(), Email());
        await ContactAsync(_caller, ("email", one));
        await ContactAsync(_caller, ("email", two));
        Settle();

        var answer = await _caller.PostAsync(Search, new
        {
            filterGroups = new[]
            {
                new { filters = new[] { Filter("email", "EQ", one) } },
                new { filters = new[] { Filter("email", "EQ", two) } },
            },
        });

        Assert.Equal("2", answer.At("total"));
    }

    [Fact]
    public async Task Dates_are_compared_as_milliseconds()
    {
        var since = fixture.Host.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var id = await ContactAsync(_caller);
        Settle();

        var answer = await FindAsync("lastmodifieddate", "GTE", $"{since}");

        Assert.Contains(answer.Results, result => result.GetProperty("id").GetString() == id);
        Assert.Equal("0", (await FindAsync("lastmodifieddate", "GT", $"{since + 86_400_000}")).At("total"));
    }

    [Fact]
    public async Task Pages_follow_by_offset_in_the_order_of_the_one_sort()
    {
        var first = await PageAsync("0");
        var second = await PageAsync(first.At("paging.next.after")!); // there are more than 100 contacts

        Assert.Equal("100", first.At("paging.next.after"));
        var ids = first.Results.Concat(second.Results)
            .Select(result => long.Parse(result.GetProperty("id").GetString()!, null))
            .ToList(); // every record has one
        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public async Task Records_linked_to_one_are_found_by_its_id()
    {
        var company = fixture.Host.Accounts.Main.Store(ObjectType.Company).Records[0].Id;

        var answer = await FindAsync("associations.company", "EQ", $"{company}");

        Assert.Equal(
            fixture.Host.Accounts.Main.Associations.Of(ObjectType.Company, company, ObjectType.Contact).Count(),
            answer.Results.Count);
        Assert.All(answer.Results, result => Assert.False(result.TryGetProperty("associations", out _)));
    }

    [Fact]
    public async Task What_is_past_the_limits_is_refused()
    {
        var filter = Filter("city", "EQ", "x");
        object group = new { filters = new[] { filter } };
        object[] refused =
        [
            new { limit = 201 },
            new { limit = 100, after = "9901" },
            new { filterGroups = Enumerable.Repeat(group, 6) },
            Query([.. Enumerable.Repeat(filter, 7)]),
            new { filterGroups = Enumerable.Repeat(new { filters = Enumerable.Repeat(filter, 5) }, 4) },
            new { sorts = new[] { new { propertyName = "city" }, new { propertyName = "zip" } } },
            Query([Filter("city", "EQ", new string('x', 3000))]),
            Query([Filter("no_such_property", "EQ", "x")]),
            Query([Filter("city", "LIKE", "x")]),
        ];

        foreach (var body in refused)
        {
            Assert.Equal(400, (await _caller.PostAsync(Search, body)).Status);
        }
    }

    private void Settle() => fixture.Host.Time.Advance(TimeSpan.FromMilliseconds(fixture.Host.Settings.SearchLagMs));

    private Task<HubSpotAnswer> FindAsync(string property, string @operator, string? value) =>
        _caller.PostAsync(Search, Query([Filter(property, @operator, value)]));

    private Task<HubSpotAnswer> PageAsync(string after) => _caller.PostAsync(Search, new
    {
        limit = 100,
        after,
        sorts = new[] { new { propertyName = "hs_object_id", direction = "ASCENDING" } },
    });

    /// <summary>The newest first, so that a test finds its own record among those of others.</summary>
    private static object Query(IReadOnlyList<object> filters) => new
    {
        filterGroups = new[] { new { filters } },
        sorts = new[] { new { propertyName = "hs_object_id", direction = "DESCENDING" } },
    };

    private static object Filter(string propertyName, string @operator, string? value) =>
        new { propertyName, @operator, value };
}
