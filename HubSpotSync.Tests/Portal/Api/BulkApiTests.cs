using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>Work on many records as a program asks for it.</summary>
public sealed class BulkApiTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private readonly ApiClient _program = scene.Program;

    [Theory]
    [InlineData("customers", "last_name")]
    [InlineData("companies", "name")]
    public async Task The_named_ones_are_tagged_and_all_with_the_tag_archived_and_restored(string path, string field)
    {
        var (one, two, three) = (
            await MakeAsync(path, field, "One"), await MakeAsync(path, field, "Two"),
            await MakeAsync(path, field, "Three"));

        var tagged = await DoAsync(path, new { action = "Tag", ids = new[] { one, two, two }, tag = $"Lot {path}" });
        var tag = await scene.Portal.Database.ScalarAsync<Guid>($"select id from tags where name = 'Lot {path}'");
        var archived = await DoAsync(path, new { action = "Archive", filter = new { tag } });
        var restored = await DoAsync(path, new { action = "Restore", filter = new { tag, status = "archived" } });
        var off = await DoAsync(path, new { action = "Untag", ids = new[] { one, three }, tag = $"lot {path}" });

        Assert.Equal((2, 2), Counts(tagged));
        Assert.Equal((2, 2), Counts(archived));
        Assert.Equal((2, 2), Counts(restored));
        Assert.Equal((2, 1), Counts(off));
        Assert.Equal([two], (await _program.GetAsync($"/api/{path}?tag={tag}")).Ids());
        var page = await (await scene.Portal.AsAsync(WorkspaceRole.Viewer)).GetAsync($"/{path}/{one}");
        Assert.Contains("Restored Web shop (API)", page.Words, StringComparison.Ordinal);
        Assert.Contains("Archived Web shop (API)", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_twice_is_done_once_and_what_means_nothing_is_refused()
    {
        var id = await MakeAsync("companies", "name", "Once");
        object wish = new { action = "Tag", ids = new[] { id }, tag = "Once" };
        var first = await _program.PostAsync("/api/companies/bulk", wish, ("Idempotency-Key", "bulk-1"));
        var second = await _program.PostAsync("/api/companies/bulk", wish, ("Idempotency-Key", "bulk-1"));
        Assert.Equal(HttpStatusCode.Accepted, first.Status);
        Assert.Equal(first.Location, second.Location);

        await RefusedAsync(new { action = "Archive" }, 422, "ids");
        await RefusedAsync(new { action = "Archive", ids = Array.Empty<Guid>() }, 422, "ids");
        await RefusedAsync(new { action = "Archive", ids = new[] { id }, filter = new { } }, 422, "filter");
        await RefusedAsync(new { action = "Tag", ids = new[] { id } }, 422, "tag");
        await RefusedAsync(new { action = "Tag", ids = new[] { id }, tag = " " }, 422, "tag");
        await RefusedAsync(new { action = "Owner", ids = new[] { id } }, 400, "action");
        await RefusedAsync(new { action = "Archive", filter = new { stage = "lead" } }, 400, "filter.stage");
        await RefusedAsync(new { action = "Archive", filter = new { status = "gone" } }, 400, "filter.status");
        await RefusedAsync(new { action = "Archive", filter = new { tag = "Key" } }, 400, "filter.tag");
        await RefusedAsync(new { action = "Archive", filter = new { name = "Once" } }, 400, "filter.name");
        Assert.Equal(0L, await scene.Portal.CountAsync($"companies where id = '{id}' and archived_at is not null"));
        var asCustomers = first.Location!.Replace( // it was accepted
            "companies", "customers", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _program.GetAsync(asCustomers)).Status);
    }

    private async Task RefusedAsync(object body, int status, string field)
    {
        var answer = await _program.PostAsync("/api/companies/bulk", body);
        Assert.Equal((status, field), ((int)answer.Status, Assert.Single(answer.Errors())));
    }

    private async Task<Guid> MakeAsync(string path, string field, string name) => ApiOperations.Id(
        await scene.CreateAsync(
            $"/api/{path}", new { fields = new Dictionary<string, string> { [field] = name } }));

    private async Task<PageAnswer> DoAsync(string path, object body)
    {
        var asked = await _program.PostAsync($"/api/{path}/bulk", body);
        Assert.True(asked.Status == HttpStatusCode.Accepted, asked.Text);
        return await Eventually.SeeAsync(
            () => _program.GetAsync(asked.Location!), // it was accepted
            answer => answer.Value("state") == "Done",
            TimeSpan.FromSeconds(30),
            "the work to end");
    }

    private static (int Total, int Changed) Counts(PageAnswer answer) => (
        answer.Json.GetProperty("total").GetInt32(), answer.Json.GetProperty("changed").GetInt32());
}
