using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class LabelTests(FakeHubSpotFixture fixture) : IClassFixture<FakeHubSpotFixture>, IDisposable
{
    private const string Pair = "/crm/associations/2026-09/contacts/companies";
    private const string Back = "/crm/associations/2026-09/companies/contacts";
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose() => _caller.Dispose();

    [Theory]
    [InlineData("/crm/v4/associations/contacts/deals", "/crm/v4/associations/deals/contacts")]
    [InlineData("/crm/associations/2026-03/contacts/deals", "/crm/associations/2026-03/deals/contacts")]
    public async Task A_paired_label_reads_differently_from_each_side(string path, string back)
    {
        var name = $"buyer_{path.Length}";
        var made = await _caller.PostAsync(
            $"{path}/labels", new { name, label = $"Buyer {path.Length}", inverseLabel = $"Bought by {path.Length}" });

        Assert.Equal((200, 2, "USER_DEFINED"), (made.Status, made.Results.Count, made.At("results.0.category")));
        Assert.Contains(made.At("results.0.typeId"), await TypeIdsAsync($"{path}/labels"));
        Assert.Contains(made.At("results.1.typeId"), await TypeIdsAsync($"{back}/labels"));
        Assert.Equal($"Bought by {path.Length}", made.At("results.1.label"));
        Assert.Equal(400, (await _caller.PostAsync($"{path}/labels", new { name, label = "Another" })).Status);
    }

    [Fact]
    public async Task A_labelled_link_carries_its_label_and_the_plain_link()
    {
        var typeId = await MakeAsync("advisor", "Advisor", "Advised by");
        var (contact, company) = (await ContactAsync(_caller), await CompanyAsync(_caller));

        var linked = await _caller.PutAsync(
            $"/crm/v4/objects/contacts/{contact}/associations/companies/{company}", Types("USER_DEFINED", typeId));

        Assert.Equal((201, "Advisor"), (linked.Status, linked.At("labels.0")));
        var there = await _caller.GetAsync($"/crm/v4/objects/contacts/{contact}/associations/companies");
        var back = await _caller.GetAsync($"/crm/objects/2026-09/companies/{company}/associations/contacts");
        Assert.Equal(
            ["Advisor", null],
            there.Results[0].GetProperty("associationTypes").EnumerateArray()
                .Select(type => type.GetProperty("label").GetString()));
        Assert.Equal("Advised by", back.At("results.0.associationTypes.0.label"));
        Assert.Equal("USER_DEFINED", back.At("results.0.associationTypes.0.category"));
    }

    [Fact]
    public async Task A_label_is_renamed_and_given_up()
    {
        var typeId = await MakeAsync("helper", "Helper", null);
        var (contact, company) = (await ContactAsync(_caller), await CompanyAsync(_caller));
        await _caller.PutAsync(
            $"/crm/v4/objects/contacts/{contact}/associations/companies/{company}", Types("USER_DEFINED", typeId));

        var renamed = await _caller.PutAsync(
            $"{Pair}/labels", new { associationTypeId = typeId, label = "Aide", inverseLabel = "Aided by" });
        var seen = await _caller.GetAsync($"/crm/v4/objects/contacts/{contact}/associations/companies");
        var deleted = await _caller.DeleteAsync($"{Pair}/labels/{typeId}");

        Assert.Equal((204, 204), (renamed.Status, deleted.Status));
        Assert.Equal("Aide", seen.At("results.0.associationTypes.0.label"));
        var after = await _caller.GetAsync($"/crm/v4/objects/contacts/{contact}/associations/companies");
        Assert.Equal("279", after.At("results.0.associationTypes.0.typeId"));
        Assert.DoesNotContain(typeId, await TypeIdsAsync($"{Pair}/labels"));
        Assert.Equal(400, (await _caller.DeleteAsync($"{Pair}/labels/{typeId}")).Status);
        Assert.Equal(400, (await _caller.DeleteAsync($"{Pair}/labels/279")).Status);
    }

    [Theory]
    [InlineData("USER_DEFINED", "279")]
    [InlineData("INTEGRATOR_DEFINED", "279")]
    [InlineData("HUBSPOT_DEFINED", "341")]
    [InlineData("SOMEHOW_DEFINED", "279")]
    [InlineData("HUBSPOT_DEFINED", "one")]
    public async Task Category_and_number_must_belong_together(string category, string typeId)
    {
        var (contact, company) = (await ContactAsync(_caller), await CompanyAsync(_caller));

        var single = await _caller.PutAsync(
            $"/crm/v4/objects/contacts/{contact}/associations/companies/{company}", Types(category, typeId));
        var inline = await _caller.PostAsync(Contacts, new
        {
            properties = new { firstname = "Inline" },
            associations = new[] { new { to = new { id = company }, types = Types(category, typeId) } },
        });

        Assert.Equal((400, 400), (single.Status, inline.Status));
    }

    [Fact]
    public async Task A_record_is_linked_with_a_label_as_it_is_created()
    {
        var typeId = await MakeAsync("founder", "Founder", "Founded by");
        var company = await CompanyAsync(_caller);

        var contact = await CreateAsync(_caller, Contacts, new
        {
            properties = new { firstname = "Inline" },
            associations = new[] { new { to = new { id = company }, types = Types("USER_DEFINED", typeId) } },
        });

        var read = await _caller.GetAsync($"{Contacts}/{contact}?associations=companies");
        Assert.Equal("founder", read.At("associations.companies.results.0.type"));
    }

    [Theory]
    [InlineData("/crm/v4/associations", 204)]
    [InlineData("/crm/associations/2026-09", 200)]
    public async Task Each_input_of_a_batch_stands_for_itself(string family, int archiveStatus)
    {
        var (contact, company) = (await ContactAsync(_caller), await CompanyAsync(_caller));
        var path = $"{family}/contacts/companies/batch";
        object Input(string from, string to, string typeId) => new
        {
            from = new { id = from },
            to = new { id = to },
            types = Types("HUBSPOT_DEFINED", typeId),
        };

        var created = await _caller.PostAsync($"{path}/create", new
        {
            inputs = new[]
            {
                Input(contact, company, "1"), Input(contact, "999999999", "279"), Input(contact, company, "3"),
            },
        });
        var labels = await _caller.PostAsync(
            $"{path}/labels/archive", new { inputs = new[] { Input(contact, company, "1") } });
        var byDefault = await _caller.PostAsync($"{path}/associate/default", new
        {
            inputs = new[] { new { from = new { id = contact }, to = new { id = "999999999" } } },
        });
        var broken = await _caller.PostAsync(
            $"{path}/create", new { inputs = new[] { new { from = new { id = contact } } } });

        Assert.Equal((207, 1, "2"), (created.Status, created.Results.Count, created.At("numErrors")));
        Assert.Equal(archiveStatus, labels.Status);
        Assert.Equal(
            "279", (await _caller.GetAsync($"/crm/v4/objects/contacts/{contact}/associations/companies"))
                .At("results.0.associationTypes.0.typeId"));
        Assert.Equal((207, 400), (byDefault.Status, broken.Status));
    }

    [Fact]
    public async Task A_merge_keeps_labels()
    {
        var typeId = await MakeAsync("keeper", "Keeper", "Kept by");
        var (one, two, company) = (
            await ContactAsync(_caller), await ContactAsync(_caller), await CompanyAsync(_caller));
        await _caller.PutAsync(
            $"/crm/v4/objects/contacts/{one}/associations/companies/{company}", Types("USER_DEFINED", typeId));

        var merged = await _caller.PostAsync(
            $"{Contacts}/merge", new { primaryObjectId = two, objectIdToMerge = one });

        var links = await _caller.GetAsync($"{Contacts}/{merged.At("id")}/associations/companies");
        Assert.Equal("Keeper", links.At("results.0.associationTypes.0.label"));
    }

    [Fact]
    public async Task Links_of_one_record_are_paged()
    {
        var company = await CompanyAsync(_caller);
        var ids = new List<string>();
        for (var index = 0; index < 3; index++)
        {
            ids.Add(await ContactAsync(_caller));
            await _caller.PutAsync(
                $"/crm/v4/objects/companies/{company}/associations/default/contacts/{ids[index]}", new { });
        }

        var path = $"/crm/v4/objects/companies/{company}/associations/contacts";
        var first = await _caller.GetAsync($"{path}?limit=2");
        var second = await _caller.GetAsync($"{path}?limit=2&after={first.At("paging.next.after")}");

        Assert.Equal(
            ids, first.Results.Concat(second.Results).Select(link => link.GetProperty("toObjectId").ToString()));
        Assert.Null(second.At("paging"));
        Assert.Equal(400, (await _caller.GetAsync($"{path}?after=x")).Status);
        Assert.Equal(400, (await _caller.GetAsync($"{path}?limit=501")).Status);
    }

    private async Task<string> MakeAsync(string name, string label, string? inverseLabel)
    {
        var made = await _caller.PostAsync($"{Pair}/labels", new { name, label, inverseLabel });
        Assert.Equal(200, made.Status);
        Assert.Contains(made.At("results.1.typeId"), await TypeIdsAsync($"{Back}/labels"));
        return made.At("results.0.typeId")!; // asserted by the status
    }

    private async Task<IEnumerable<string?>> TypeIdsAsync(string path) =>
        (await _caller.GetAsync(path)).Results.Select(label => label.GetProperty("typeId").ToString());

    private static object[] Types(string category, string typeId) =>
        [new { associationCategory = category, associationTypeId = typeId }];
}
