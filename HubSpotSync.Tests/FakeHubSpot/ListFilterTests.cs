using System.Text.Json;
using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.ListSample;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class ListFilterTests(FakeHubSpotFixture fixture) : IClassFixture<FakeHubSpotFixture>, IDisposable
{
    private readonly HubSpotCaller _caller = fixture.Host.Connect();
    private static int _last;

    public void Dispose() => _caller.Dispose();

    [Theory]
    [InlineData("city", "Ulm", "STRING", "IS_EQUAL_TO", "\"ulm\"", true)]
    [InlineData("city", "Ulm", "STRING", "IS_NOT_EQUAL_TO", "\"Ulm\"", false)]
    [InlineData("city", "Ulm", "STRING", "STARTS_WITH", "\"U\"", true)]
    [InlineData("city", "Ulm", "STRING", "ENDS_WITH", "\"U\"", false)]
    [InlineData("city", "Ulm", "MULTISTRING", "IS_EQUAL_TO", "[\"Bonn\",\"Ulm\"]", true)]
    [InlineData("city", "Ulm", "MULTISTRING", "DOES_NOT_CONTAIN", "[\"x\",\"lm\"]", false)]
    [InlineData("loyalty_points", "10", "NUMBER", "IS_GREATER_THAN", "9.5", true)]
    [InlineData("loyalty_points", "10", "NUMBER", "IS_GREATER_THAN_OR_EQUAL_TO", "10", true)]
    [InlineData("loyalty_points", "10", "NUMBER", "IS_LESS_THAN", "10", false)]
    [InlineData("loyalty_points", "10.0", "NUMBER", "IS_EQUAL_TO", "10", true)]
    [InlineData("hs_email_optout", "true", "BOOL", "IS_EQUAL_TO", "true", true)]
    [InlineData("hs_lead_status", "NEW", "ENUMERATION", "IS_ANY_OF", "[\"OPEN\",\"NEW\"]", true)]
    [InlineData("hs_lead_status", "NEW", "ENUMERATION", "IS_NONE_OF", "[\"NEW\"]", false)]
    [InlineData("interests", "hiking;climbing", "ENUMERATION", "CONTAINS_ALL", "[\"climbing\",\"hiking\"]", true)]
    [InlineData("interests", "hiking;climbing", "ENUMERATION", "IS_EXACTLY", "[\"hiking\"]", false)]
    public async Task A_filter_keeps_whom_it_means(
        string property, string value, string type, string word, string argument, bool isIn)
    {
        var contact = await ContactAsync(_caller, (property, value));
        var wanted = JsonSerializer.Deserialize<JsonElement>(argument);
        var operation = new Dictionary<string, object>
        {
            ["operationType"] = type,
            ["operator"] = word,
            [wanted.ValueKind == JsonValueKind.Array ? "values" : "value"] = wanted,
        };

        Assert.Equal(isIn, await IsInAsync(contact, Filter(property, operation)));
    }

    [Fact]
    public async Task Whoever_has_no_value_is_left_out_unless_included()
    {
        var contact = await ContactAsync(_caller);
        object Other(bool include) => new
        {
            operationType = "STRING",
            @operator = "IS_NOT_EQUAL_TO",
            value = "x",
            includeObjectsWithNoValueSet = include,
        };

        Assert.False(await IsInAsync(contact, Filter("fax", Other(false))));
        Assert.True(await IsInAsync(contact, Filter("fax", Other(true))));
        Assert.True(await IsInAsync(
            contact, Filter("fax", new { operationType = "ALL_PROPERTY", @operator = "IS_UNKNOWN" })));
        Assert.False(await IsInAsync(
            contact, Filter("fax", new { operationType = "ALL_PROPERTY", @operator = "IS_KNOWN" })));
    }

    [Fact]
    public async Task The_past_can_be_asked_about()
    {
        var contact = await ContactAsync(_caller, ("hs_lead_status", "NEW"));
        await _caller.PatchAsync($"{Contacts}/{contact}", With(("hs_lead_status", "OPEN")));
        object Ever(string word) => new { operationType = "ENUMERATION", @operator = word, values = new[] { "NEW" } };

        Assert.True(await IsInAsync(contact, Filter("hs_lead_status", Ever("HAS_EVER_BEEN_ANY_OF"))));
        Assert.False(await IsInAsync(contact, Filter("hs_lead_status", Ever("HAS_NEVER_BEEN_ANY_OF"))));
        Assert.False(await IsInAsync(contact, Filter("hs_lead_status", Ever("IS_ANY_OF"))));
    }

    [Theory]
    [InlineData("2024-02-01", "IS_AFTER", 2024, 1, 31, true)]
    [InlineData("2024-02-01", "IS_BEFORE", 2024, 1, 31, false)]
    public async Task Dates_lie_before_or_after(string date, string word, int year, int month, int day, bool isIn)
    {
        var contact = await ContactAsync(_caller, ("customer_since", date));

        Assert.Equal(isIn, await IsInAsync(contact, Filter("customer_since", new
        {
            operationType = "TIME_POINT",
            @operator = word,
            timePoint = new { timeType = "DATE", zoneId = "UTC", year, month, day, hour = 12 },
            propertyParser = "VALUE",
            endpointBehavior = "EXCLUSIVE",
        })));
    }

    [Fact]
    public async Task The_last_days_move_with_time()
    {
        var contact = await ContactAsync(_caller);
        object Point(int days) => new
        {
            timeType = "INDEXED",
            zoneId = "UTC",
            indexReference = new { referenceType = days == 0 ? "NOW" : "TODAY" },
            offset = new { days },
        };
        var list = await MakeAsync(_caller, "Young", "DYNAMIC", Branch(
        [
            Filter("createdate", new
            {
                operationType = "TIME_RANGED",
                @operator = "IS_BETWEEN",
                lowerBoundTimePoint = Point(-2),
                upperBoundTimePoint = Point(0),
            }),
        ]));

        Assert.Contains(contact, await MembersAsync(_caller, list));
        fixture.Host.Time.Advance(TimeSpan.FromDays(4));
        using var later = fixture.Host.Connect();
        Assert.DoesNotContain(contact, await MembersAsync(later, list));
    }

    [Fact]
    public async Task A_list_may_look_at_another_but_not_at_itself()
    {
        var contact = await ContactAsync(_caller, ("city", "Worms"));
        var inner = await MakeAsync(
            _caller, "From Worms", "DYNAMIC", Branch(("city", "STRING", "IS_EQUAL_TO", "Worms")));
        var outer = await MakeAsync(_caller, "In the other", "DYNAMIC", Branch([InList(inner)]));

        Assert.Equal([contact], await MembersAsync(_caller, outer));
        Assert.Equal(400, (await _caller.DeleteAsync($"{Lists}/{inner}")).Status);
        var circle = await _caller.PutAsync(
            $"{Lists}/{inner}/update-list-filters", new { filterBranch = Branch([InList(outer)]) });
        Assert.Equal((400, "ILS.CIRCULAR_LIST_REFERENCE"), (circle.Status, circle.At("subCategory")));
    }

    [Fact]
    public async Task New_filters_change_who_is_in()
    {
        var contact = await ContactAsync(_caller, ("city", "Speyer"));
        var list = await MakeAsync(
            _caller, "Changing", "DYNAMIC", Branch(("city", "STRING", "IS_EQUAL_TO", "Nowhere")));

        var changed = await _caller.PutAsync(
            $"{Lists}/{list}/update-list-filters",
            new { filterBranch = Branch(("city", "STRING", "IS_EQUAL_TO", "Speyer")) });

        Assert.Equal((200, "1"), (changed.Status, changed.At("updatedList.size")));
        Assert.Equal([contact], await MembersAsync(_caller, list));
        var manual = await _caller.PutAsync(
            $"{Lists}/1/update-list-filters",
            new { filterBranch = Branch(("city", "STRING", "IS_EQUAL_TO", "x")) });
        Assert.Equal(400, manual.Status);
    }

    [Theory]
    [InlineData("""{"filterBranchType":"AND","filters":[],"filterBranches":[]}""")]
    [InlineData("""{"filterBranchType":"OR","filters":[],"filterBranches":[]}""")]
    [InlineData("""{"filterBranchType":"OR","filters":[],"filterBranches":[{"filterBranchType":"OR"}]}""")]
    [InlineData("\"everybody\"")]
    public async Task A_root_that_is_not_an_OR_of_ANDs_is_a_400(string filter) =>
        await RefuseAsync(JsonSerializer.Deserialize<JsonElement>(filter));

    [Theory]
    [InlineData("{}")]
    [InlineData("\"x\"")]
    [InlineData("""{"filterType":"PROPERTY","property":"city"}""")]
    [InlineData("""{"filterType":"PROPERTY","property":"city","operation":"known"}""")]
    [InlineData("""{"filterType":"FORM_SUBMISSION","formId":"1"}""")]
    [InlineData("""{"filterType":"IN_LIST","listId":"999","operator":"IN_LIST"}""")]
    public async Task A_filter_that_is_none_is_a_400(string filter) =>
        await RefuseAsync(Branch([JsonSerializer.Deserialize<JsonElement>(filter)]));

    [Theory]
    [InlineData("nope", """{"operationType":"STRING","operator":"IS_EQUAL_TO","value":"x"}""")]
    [InlineData("city", """{"operationType":"NUMBER","operator":"IS_EQUAL_TO","value":1}""")]
    [InlineData("city", """{"operationType":"STRING","operator":"IS_ANY_OF","value":"x"}""")]
    [InlineData("city", """{"operationType":"STRING","operator":"IS_EQUAL_TO"}""")]
    [InlineData("loyalty_points", """{"operationType":"NUMBER","operator":"IS_EQUAL_TO","value":"many"}""")]
    [InlineData("customer_since", """{"operationType":"TIME_POINT","operator":"IS_AFTER"}""")]
    public async Task An_operation_that_does_not_fit_is_a_400(string property, string operation) =>
        await RefuseAsync(Branch([Filter(property, JsonSerializer.Deserialize<JsonElement>(operation))]));

    [Fact]
    public async Task A_day_that_never_is_is_a_400() => await RefuseAsync(Branch(
    [
        Filter("customer_since", new
        {
            operationType = "TIME_POINT",
            @operator = "IS_AFTER",
            timePoint = new { timeType = "DATE", year = 2024, month = 13, day = 1 },
        }),
    ]));

    private async Task RefuseAsync(object branch)
    {
        var answer = await _caller.PostAsync(Lists, Body("Senseless", "DYNAMIC", branch));
        Assert.Equal((400, "VALIDATION_ERROR"), (answer.Status, answer.At("category")));
    }

    private async Task<bool> IsInAsync(string contact, object filter)
    {
        var list = await MakeAsync(
            _caller, $"Filtered {Interlocked.Increment(ref _last)}", "DYNAMIC", Branch([filter]));
        var of = await _caller.GetAsync($"{Lists}/records/contacts/{contact}/memberships");
        return of.Results.Any(membership => membership.GetProperty("listId").GetString() == list);
    }

    private static object InList(string id) => new { filterType = "IN_LIST", listId = id, @operator = "IN_LIST" };
}
