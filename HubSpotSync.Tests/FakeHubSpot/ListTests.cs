using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.ListSample;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class ListTests(FakeHubSpotFixture fixture) : IClassFixture<FakeHubSpotFixture>, IDisposable
{
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose() => _caller.Dispose();

    [Theory]
    [InlineData("/crm/v3/lists")]
    [InlineData("/crm/lists/2026-03")]
    [InlineData("/crm/lists/2026-09")]
    public async Task Every_account_starts_with_the_same_lists(string path)
    {
        var lists = await _caller.GetAsync($"{path}?listIds=1,2&listIds=3&listIds=999");

        Assert.Equal(
            ["Newsletter readers", "Customers", "Shops to visit"],
            lists.Json.GetProperty("lists").EnumerateArray().Select(list => list.GetProperty("name").GetString()));
        Assert.All(
            ["listId", "listVersion", "name", "objectTypeId", "processingStatus", "processingType"],
            field => Assert.True(lists.Has("lists.0", field), field));
        Assert.Equal(("MANUAL", "DYNAMIC"), (lists.At("lists.0.processingType"), lists.At("lists.1.processingType")));
        Assert.Equal("0-2", (await _caller.GetAsync($"{path}/object-type-id/0-2/name/Shops%20to%20visit"))
            .At("list.objectTypeId"));
        Assert.Equal(404, (await _caller.GetAsync($"{path}/object-type-id/0-1/name/Nobody")).Status);
        Assert.False((await _caller.GetAsync($"{path}/2")).Has("list", "filterBranch"));
        Assert.Equal(
            "OR", (await _caller.GetAsync($"{path}/2?includeFilters=true")).At("list.filterBranch.filterBranchType"));
    }

    [Fact]
    public async Task A_manual_list_takes_and_gives_up_members()
    {
        var list = await MakeAsync(_caller, "By hand", "MANUAL");
        var (one, two) = (await ContactAsync(_caller), await ContactAsync(_caller));

        var added = await _caller.PutAsync($"{Lists}/{list}/memberships/add", new[] { one, two, "999999999", "x" });
        var again = await _caller.PutAsync($"{Lists}/{list}/memberships/add", new[] { one });
        var changed = await _caller.PutAsync(
            $"{Lists}/{list}/memberships/add-and-remove",
            new { recordIdsToAdd = Array.Empty<string>(), recordIdsToRemove = new[] { one } });

        Assert.Equal((200, 2), (added.Status, added.Json.GetProperty("recordsIdsAdded").GetArrayLength()));
        Assert.Equal(
            ("999999999", "x"), (added.At("recordIdsMissing.0"), added.At("recordIdsMissing.1")));
        Assert.Equal(("[]", one), (again.At("recordsIdsAdded"), changed.At("recordIdsRemoved.0")));
        Assert.Equal([two], await MembersAsync(_caller, list));
        var of = await _caller.GetAsync($"{Lists}/records/0-1/{two}/memberships");
        Assert.Contains(of.Results, membership => membership.GetProperty("listId").GetString() == list);
        Assert.True(of.Has("results.0", "firstAddedTimestamp") && of.Has("results.0", "listVersion"));
        Assert.Equal(204, (await _caller.DeleteAsync($"{Lists}/{list}/memberships")).Status);
        Assert.Empty(await MembersAsync(_caller, list));
    }

    [Fact]
    public async Task A_dynamic_list_follows_its_records()
    {
        var list = await MakeAsync(_caller, "From Ulm", "DYNAMIC", Branch(("city", "STRING", "IS_EQUAL_TO", "ulm")));
        var contact = await ContactAsync(_caller, ("city", "Ulm"));

        var before = await MembersAsync(_caller, list);
        await _caller.PatchAsync($"{Contacts}/{contact}", With(("city", "Bonn")));
        var after = await MembersAsync(_caller, list);
        var refused = await _caller.PutAsync($"{Lists}/{list}/memberships/add", new[] { contact });

        Assert.Equal([contact], before);
        Assert.Empty(after);
        Assert.Equal((400, "VALIDATION_ERROR"), (refused.Status, refused.At("category")));
        Assert.Equal(400, (await _caller.DeleteAsync($"{Lists}/{list}/memberships")).Status);
    }

    [Fact]
    public async Task A_snapshot_keeps_who_was_in_it_when_it_was_made()
    {
        var contact = await ContactAsync(_caller, ("city", "Trier"));
        var list = await MakeAsync(
            _caller, "Was in Trier", "SNAPSHOT", Branch(("city", "STRING", "IS_EQUAL_TO", "Trier")));

        await _caller.PatchAsync($"{Contacts}/{contact}", With(("city", "Bonn")));
        var late = await ContactAsync(_caller, ("city", "Trier"));

        Assert.Equal([contact], await MembersAsync(_caller, list));
        await _caller.PutAsync($"{Lists}/{list}/memberships/add", new[] { late });
        Assert.Equal([contact, late], await MembersAsync(_caller, list));
    }

    [Fact]
    public async Task Archived_and_merged_records_leave_and_move()
    {
        var list = await MakeAsync(_caller, "Coming and going", "MANUAL");
        var (gone, one, two) = (
            await ContactAsync(_caller), await ContactAsync(_caller), await ContactAsync(_caller));
        await _caller.PutAsync($"{Lists}/{list}/memberships/add", new[] { gone, one });

        await _caller.DeleteAsync($"{Contacts}/{gone}");
        var merged = await _caller.PostAsync(
            $"{Contacts}/merge", new { primaryObjectId = two, objectIdToMerge = one });

        Assert.Equal([merged.At("id")], await MembersAsync(_caller, list));
    }

    [Fact]
    public async Task Members_are_paged_forwards_backwards_and_by_the_time_they_joined()
    {
        var list = await MakeAsync(_caller, "Paged", "MANUAL");
        var ids = new List<string>();
        for (var index = 0; index < 5; index++)
        {
            ids.Add(await ContactAsync(_caller));
        }

        foreach (var id in Enumerable.Reverse(ids))
        {
            fixture.Host.Time.Advance(TimeSpan.FromSeconds(1));
            await _caller.PutAsync($"{Lists}/{list}/memberships/add", new[] { id });
        }

        var path = $"{Lists}/{list}/memberships";
        var first = await _caller.GetAsync($"{path}?limit=2");
        var second = await _caller.GetAsync($"{path}?limit=2&after={first.At("paging.next.after")}");
        var last = await _caller.GetAsync($"{path}?after={second.At("paging.next.after")}");
        var back = await _caller.GetAsync($"{path}?limit=2&before={second.At("paging.next.after")}");
        var joined = await _caller.GetAsync($"{path}/join-order?limit=2");

        Assert.Equal(ids[..2], Ids(first));
        Assert.Equal(ids[2..4], Ids(second));
        Assert.Equal(ids[4..], Ids(last));
        Assert.Null(last.At("paging"));
        Assert.Equal([ids[2], ids[1]], Ids(back));
        Assert.Equal([ids[4], ids[3]], Ids(joined));
        Assert.Equal("5", first.At("total"));
        Assert.Equal(400, (await _caller.GetAsync($"{path}?limit=251")).Status);
        Assert.Equal(400, (await _caller.GetAsync($"{path}?after=here")).Status);
    }

    [Fact]
    public async Task A_list_is_renamed_deleted_and_restored()
    {
        var list = await MakeAsync(_caller, "To rename", "MANUAL");

        var renamed = await _caller.PutAsync($"{Lists}/{list}/update-list-name?listName=Renamed", new { });
        var taken = await _caller.PutAsync($"{Lists}/{list}/update-list-name?listName=customers", new { });
        var deleted = await _caller.DeleteAsync($"{Lists}/{list}");
        var gone = await _caller.GetAsync($"{Lists}/{list}");
        var restored = await _caller.PutAsync($"{Lists}/{list}/restore", new { });

        Assert.Equal(
            ("Renamed", "2", 400),
            (renamed.At("updatedList.name"), renamed.At("updatedList.listVersion"), taken.Status));
        Assert.Equal((204, 404, 204), (deleted.Status, gone.Status, restored.Status));
        Assert.Equal("Renamed", (await _caller.GetAsync($"{Lists}/{list}")).At("list.name"));
    }

    [Fact]
    public async Task Search_wants_more_of_its_body_since_September_2026()
    {
        var bare = await _caller.PostAsync($"{Lists}/search", new { query = "customers" });
        var old = await _caller.PostAsync("/crm/v3/lists/search", new { query = "customers" });
        var full = await _caller.PostAsync($"{Lists}/search", new
        {
            query = "",
            listIds = new[] { "1", "2", "3" },
            processingTypes = new[] { "DYNAMIC" },
            objectTypeId = "0-1",
            additionalProperties = Array.Empty<string>(),
            offset = 0,
            count = 1,
        });
        var paged = await _caller.PostAsync(
            "/crm/v3/lists/search", new { listIds = new[] { "1", "2", "3" }, count = 2, sort = "-HS_LIST_ID" });

        Assert.Equal((400, 200), (bare.Status, old.Status));
        Assert.Equal(("Customers", "False", "1"), (full.At("lists.0.name"), full.At("hasMore"), full.At("total")));
        Assert.NotEqual("0", full.At("lists.0.additionalProperties.hs_list_size"));
        Assert.Equal(("3", "True", "2"), (paged.At("lists.0.listId"), paged.At("hasMore"), paged.At("offset")));
        Assert.Equal(400, (await _caller.PostAsync("/crm/v3/lists/search", new { count = 501 })).Status);
        Assert.Equal(400, (await _caller.PostAsync("/crm/v3/lists/search", new { listIds = "1" })).Status);
    }

    [Fact]
    public async Task Lists_of_many_records_are_read_at_once()
    {
        var list = await MakeAsync(_caller, "Read at once", "MANUAL");
        var contact = await ContactAsync(_caller);
        await _caller.PutAsync($"{Lists}/{list}/memberships/add", new[] { contact });

        var answer = await _caller.PostAsync($"{Lists}/records/memberships/batch/read", new
        {
            inputs = new[]
            {
                new { objectTypeId = "0-1", recordId = contact }, new { objectTypeId = "0-1", recordId = "9" },
            },
        });

        Assert.Equal((207, contact), (answer.Status, answer.At("results.0.recordId")));
        Assert.Equal(list, answer.At("results.0.recordListMemberships.0.listId"));
        Assert.Equal("9", answer.At("errors.0.context.ids.0"));
    }

    [Fact]
    public async Task A_property_a_list_filters_by_stays()
    {
        const string Properties = "/crm/properties/2026-09/contacts";
        await _caller.PostAsync(
            Properties, new { name = "listed", label = "x", type = "string", fieldType = "text", groupName = "shop" });
        var list = await MakeAsync(
            _caller, "By a property", "DYNAMIC", Branch(("listed", "STRING", "IS_EQUAL_TO", "x")));

        var refused = await _caller.DeleteAsync($"{Properties}/listed");
        await _caller.DeleteAsync($"{Lists}/{list}");

        Assert.Equal((400, "By a property"), (refused.Status, refused.At("errors.0.context.parentName.0")));
        Assert.Equal(204, (await _caller.DeleteAsync($"{Properties}/listed")).Status);
    }

    [Fact]
    public async Task Lists_need_their_own_scope_and_that_of_their_records()
    {
        using var noRecords = fixture.Host.Connect(fixture.Host.Accounts.Main, "crm.lists.read", "crm.lists.write");
        using var noWrite = fixture.Host.Connect(
            fixture.Host.Accounts.Main, "crm.lists.read", "crm.objects.contacts.read");

        Assert.Equal(403, (await noRecords.GetAsync($"{Lists}/1")).Status);
        Assert.Equal(200, (await noWrite.GetAsync($"{Lists}/1")).Status);
        Assert.Equal(403, (await noWrite.GetAsync($"{Lists}/3")).Status);
        Assert.Equal(403, (await noWrite.PutAsync($"{Lists}/1/memberships/add", new[] { "1" })).Status);
        Assert.Equal(403, (await noRecords.PostAsync(Lists, Body("Refused", "MANUAL", null))).Status);
    }
}
