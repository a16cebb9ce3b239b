using System.Net;
using System.Text.Json;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>Customers and companies as programs read and write them.</summary>
public sealed class RecordApiTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private readonly ApiClient _program = scene.Program;

    [Fact]
    public async Task A_customer_is_created_read_changed_and_says_who_did_it()
    {
        scene.Portal.Secrets.Add("grace.canary@example.com");
        var made = await scene.CustomerAsync("Grace", "grace.canary@example.com");
        var read = await _program.GetAsync(made.Location!);
        var changed = await ApiOperations.PatchAsync(
            scene, made, new { fields = new { city = "Arlington", first_name = (string?)null, last_name = "Hopper" } });

        Assert.Equal("Grace", Field(read, "first_name"));
        Assert.Equal(made.Header("ETag"), read.Header("ETag"));
        Assert.Equal(HttpStatusCode.OK, changed.Status);
        Assert.NotEqual(read.Header("ETag"), changed.Header("ETag"));
        Assert.Equal(("Arlington", null, "Hopper"), (
            Field(changed, "city"), Field(changed, "first_name"), Field(changed, "last_name")));
        var viewer = await scene.Portal.AsAsync(WorkspaceRole.Viewer);
        var page = await viewer.GetAsync($"/customers/{ApiOperations.Id(made)}");
        Assert.Contains("Web shop (API)", page.Words, StringComparison.Ordinal);
        Assert.Equal(1, await scene.Portal.Database.ScalarAsync<long>(
            $"select count(*) from sync_requests where local_id = '{ApiOperations.Id(made)}'")); // HubSpot will be told
    }

    [Fact]
    public async Task Whoever_saves_second_is_given_both_values_and_loses_nothing()
    {
        var made = await scene.CustomerAsync("Ada");
        await ApiOperations.PatchAsync(scene, made, new { fields = new { city = "London" } });

        var second = await ApiOperations.PatchAsync(scene, made, new { fields = new { city = "Paris" } });

        Assert.Equal(HttpStatusCode.PreconditionFailed, second.Status);
        var conflict = second.Json.GetProperty("conflicts").GetProperty("fields.city");
        Assert.Equal(("Paris", "London"), (Text(conflict, "yours"), Text(conflict, "theirs")));
        Assert.Equal("London", Text(second.Json.GetProperty("current").GetProperty("fields"), "city"));
        var third = await _program.PatchAsync(
            made.Location!, new { fields = new { city = "Paris" } }, second.Seen());
        Assert.Equal((HttpStatusCode.OK, "Paris"), (third.Status, Field(third, "city")));
        var blind = await _program.PatchAsync(made.Location!, new { fields = new { city = "Rome" } });
        Assert.Equal(HttpStatusCode.PreconditionRequired, blind.Status);
        var all = await _program.PatchAsync(made.Location!, new { fields = new { city = "Rome" } }, ("If-Match", "*"));
        Assert.Equal((HttpStatusCode.OK, "Rome"), (all.Status, Field(all, "city")));
    }

    [Fact]
    public async Task What_is_wrong_is_said_by_the_name_of_its_field()
    {
        var bad = await _program.PostAsync(
            "/api/customers", new { fields = new { first_name = "A", email = "no address", shoe_size = "44" } });
        var typed = await _program.PostAsync("/api/customers", """{"fields":{"first_name":1}}""");
        var unknown = await _program.PostAsync("/api/customers", """{"field":{}}""");
        var missing = await _program.PostAsync("/api/customers", "{}");
        var filter = await _program.GetAsync("/api/customers?updated_since=2026-01-01");
        var source = await _program.GetAsync("/api/companies?source=elsewhere");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.Status);
        Assert.Equal(["fields.email", "fields.shoe_size"], bad.Errors());
        Assert.Equal((HttpStatusCode.BadRequest, "fields.first_name"), (typed.Status, Assert.Single(typed.Errors())));
        Assert.Equal((HttpStatusCode.BadRequest, "field"), (unknown.Status, Assert.Single(unknown.Errors())));
        Assert.Equal((HttpStatusCode.BadRequest, "fields"), (missing.Status, Assert.Single(missing.Errors())));
        Assert.Equal((HttpStatusCode.BadRequest, "updated_since"), (filter.Status, Assert.Single(filter.Errors())));
        Assert.Equal((HttpStatusCode.BadRequest, "source"), (source.Status, Assert.Single(source.Errors())));
    }

    [Fact]
    public async Task A_field_that_HubSpot_owns_is_refused_with_the_place_to_edit_it()
    {
        var made = await scene.CustomerAsync("Owned");
        await scene.Portal.AddLinkAsync(scene.Connection, "Contact", ApiOperations.Id(made), 901);

        var refused = await _program.PatchAsync(
            made.Location!, new { fields = new { lifecycle_stage = "lead" } }, ("If-Match", "*"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("hubspot_owns_field", refused.Code());
        Assert.Equal(
            "https://app.hubspot.com/contacts/4711/record/0-1/901", refused.Json.GetProperty("editAt").GetString());
        Assert.Equal(["fields.lifecycle_stage"], refused.Errors());
    }

    [Fact]
    public async Task A_customers_company_is_chosen_changed_cleared_and_HubSpots_is_refused()
    {
        var (acme, beta) = (
            await scene.Portal.AddCompanyAsync("Acme", "acme.example"),
            await scene.Portal.AddCompanyAsync("Beta", "beta.example"));
        var made = await scene.CreateAsync(
            "/api/customers", new { fields = new { last_name = "King" }, companyId = acme });
        var moved = await ApiOperations.PatchAsync(scene, made, new { fields = new { }, companyId = beta });
        var second = await ApiOperations.PatchAsync(scene, made, new { fields = new { }, companyId = acme });
        var kept = await _program.PatchAsync(made.Location!, new { fields = new { city = "Rome" } }, moved.Seen());
        var none = await _program.PatchAsync(
            made.Location!, """{"fields":{},"companyId":null}""", ("If-Match", "*"));

        Assert.Equal(acme, made.Json.GetProperty("companyId").GetGuid());
        Assert.Equal(beta, moved.Json.GetProperty("companyId").GetGuid());
        Assert.Equal(HttpStatusCode.PreconditionFailed, second.Status);
        Assert.Equal($"{beta}", Text(second.Json.GetProperty("conflicts").GetProperty("companyId"), "theirs"));
        Assert.Equal(beta, kept.Json.GetProperty("companyId").GetGuid());
        Assert.Equal(JsonValueKind.Null, none.Json.GetProperty("companyId").ValueKind);

        await scene.Portal.AddLinkAsync(scene.Connection, "Contact", ApiOperations.Id(made), 902);
        await scene.Portal.Database.ExecuteAsync(
            $"update customers set company_by = 'hubspot' where id = '{ApiOperations.Id(made)}'");
        var refused = await _program.PatchAsync(
            made.Location!, new { fields = new { }, companyId = acme }, ("If-Match", "*"));
        Assert.Equal("hubspot_owns_field", refused.Code());
        Assert.Equal(["companyId"], refused.Errors());
    }

    [Fact]
    public async Task A_company_that_can_not_be_chosen_is_refused_by_its_name()
    {
        var foreign = await scene.Portal.AddCompanyAsync("Foreign", "elsewhere.example", scene.Elsewhere);
        var missing = await _program.PostAsync(
            "/api/customers", new { fields = new { last_name = "King" }, companyId = foreign });
        var misplaced = await _program.PostAsync(
            "/api/customers", new { fields = new { last_name = "King", companyId = $"{foreign}" } });
        var ofCompany = await _program.PostAsync(
            "/api/companies", new { fields = new { name = "Acme" }, companyId = foreign });

        Assert.All(
            [missing, misplaced, ofCompany],
            answer => Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status));
        Assert.Equal(["companyId"], missing.Errors());
        Assert.Equal(["fields.companyId"], misplaced.Errors());
        Assert.Equal(["companyId"], ofCompany.Errors());
    }

    [Fact]
    public async Task An_address_that_is_taken_says_by_whom()
    {
        scene.Portal.Secrets.Add("taken.canary@example.com");
        var first = await scene.CustomerAsync("First", "taken.canary@example.com");

        var second = await _program.PostAsync(
            "/api/customers", new { fields = new { first_name = "Second", email = "Taken.Canary@example.com" } });

        Assert.Equal(HttpStatusCode.Conflict, second.Status);
        Assert.Equal(ApiOperations.Id(first), second.Json.GetProperty("otherId").GetGuid());
        Assert.Equal(["fields.email"], second.Errors());
    }

    [Theory]
    [InlineData("customers", "sort=name")]
    [InlineData("customers", "sort=newest")]
    [InlineData("customers", "sort=changed")]
    [InlineData("companies", "status=active")]
    [InlineData("companies", "source=local&owner=none")]
    public async Task Pages_follow_each_other_and_none_is_missed_or_doubled(string path, string order)
    {
        for (var i = 0; i < 7; i++)
        {
            await scene.CreateAsync($"/api/{path}", path == "customers"
                ? new { fields = new { last_name = $"Same {i % 2}" } }
                : (object)new { fields = new { name = $"Company {order} {i}", domain = $"c{i}.example" } });
        }

        var whole = (await _program.GetAsync($"/api/{path}?{order}&limit=100")).Ids();
        var pages = new List<Guid>();
        string? next = null;
        do
        {
            var page = await _program.GetAsync($"/api/{path}?{order}&limit=3{(next is null ? "" : $"&after={next}")}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            pages.AddRange(page.Ids());
            next = Text(page.Json, "next");
        }
        while (next is not null);

        Assert.True(whole.Count >= 7);
        Assert.Equal(whole, pages);
    }

    [Theory]
    [InlineData("customers", "last_name")]
    [InlineData("companies", "name")]
    public async Task A_tag_is_put_on_told_with_the_record_filtered_by_and_taken_off(string path, string field)
    {
        var made = await scene.CreateAsync(
            $"/api/{path}", new { fields = new Dictionary<string, string> { [field] = "Tagged" } });
        var word = $"Key of {path}";

        var tagged = await _program.PostAsync($"{made.Location}/tags", new { name = word });
        var twice = await _program.PostAsync($"{made.Location}/tags", new { name = word.ToUpperInvariant() });
        var tag = tagged.Json.GetProperty("tags")[0].GetProperty("id").GetGuid();
        var all = await _program.GetAsync("/api/tags?limit=100");
        var found = await _program.GetAsync($"/api/{path}?tag={tag}");
        var none = await _program.GetAsync($"/api/{path}?tag=Key");
        var nameless = await _program.PostAsync($"{made.Location}/tags", new { name = " " });

        Assert.Equal(word, Text(twice.Json.GetProperty("tags")[0], "name"));
        Assert.Equal(1, twice.Json.GetProperty("tags").GetArrayLength());
        Assert.Contains(tag, all.Ids());
        Assert.Equal([ApiOperations.Id(made)], found.Ids());
        Assert.Equal((HttpStatusCode.BadRequest, "tag"), (none.Status, Assert.Single(none.Errors())));
        Assert.Equal(["name"], nameless.Errors());
        var off = await _program.SendAsync(HttpMethod.Delete, $"{made.Location}/tags/{tag}", null);
        var again = await _program.SendAsync(HttpMethod.Delete, $"{made.Location}/tags/{tag}", null);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (off.Status, again.Status));
        Assert.Empty((await _program.GetAsync($"/api/{path}?tag={tag}")).Ids());
    }

    [Fact]
    public async Task Records_of_another_company_are_not_there()
    {
        var customer = await scene.Portal.AddCustomerAsync(
            "Foreign", "One", "foreign.canary@elsewhere.example", workspaceId: scene.Elsewhere);
        var company = await scene.Portal.AddCompanyAsync("Foreign", "foreign.example", scene.Elsewhere);
        var run = await scene.Portal.AddRunAsync(await scene.Portal.AddConnectionAsync(scene.Elsewhere, 99));
        string[] paths =
        [
            $"/api/customers/{customer}", $"/api/companies/{company}", $"/api/hubspot/runs/{run}",
            $"/api/hubspot/runs/{run}/events", $"/api/invoices/{customer}", $"/api/deals/{company}",
            $"/api/payments/{customer}",
        ];

        foreach (var path in paths)
        {
            var answer = await _program.GetAsync(path);
            Assert.Equal((HttpStatusCode.NotFound, "not_found"), (answer.Status, answer.Code()));
        }

        var billed = await _program.PostAsync("/api/invoices", new { customerId = customer });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, billed.Status);
        Assert.Equal(["customerId"], billed.Errors());
        Assert.Equal(HttpStatusCode.NotFound, (await _program.PatchAsync(
            paths[0], new { fields = new { city = "X" } }, ("If-Match", "*"))).Status);
        var list = await _program.GetAsync("/api/customers?limit=100");
        Assert.DoesNotContain("Foreign", list.Text, StringComparison.Ordinal);
    }

    internal static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static string? Field(PageAnswer answer, string name) => Text(answer.Json.GetProperty("fields"), name);
}
