using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

[Collection(FakeHubSpotTests.Name)]
public sealed class OldAssociationTests(FakeHubSpotFixture fixture) : IDisposable
{
    private const string Batch = "/crm/v3/associations/contacts/companies";
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task V3_batches_name_kinds_in_words()
    {
        var (contact, company) = (await ContactAsync(_caller), await CompanyAsync(_caller));
        var link = new { from = new { id = contact }, to = new { id = company }, type = "contact_to_company" };

        var created = await _caller.PostAsync($"{Batch}/batch/create", new { inputs = new[] { link } });
        var read = await _caller.PostAsync($"{Batch}/batch/read", new { inputs = new[] { new { id = contact } } });
        var types = await _caller.GetAsync($"{Batch}/types");
        var wrong = await _caller.PostAsync(
            $"{Batch}/batch/create", new { inputs = new[] { link with { type = "contact_to_moon" } } });
        var archived = await _caller.PostAsync($"{Batch}/batch/archive", new { inputs = new[] { link } });

        Assert.Equal((201, "contact_to_company"), (created.Status, created.At("results.0.type")));
        Assert.Equal((contact, company), (read.At("results.0.from.id"), read.At("results.0.to.0.id")));
        Assert.Contains(types.Results, type => type.GetProperty("name").GetString() == "contact_to_company");
        Assert.Equal((207, 204), (wrong.Status, archived.Status));
    }

    [Theory]
    [InlineData("contact_to_company_unlabeled")]
    [InlineData("279")]
    public async Task V3_links_of_one_record_are_made_read_and_removed(string kind)
    {
        var (contact, company) = (await ContactAsync(_caller), await CompanyAsync(_caller));
        var path = $"/crm/v3/objects/contacts/{contact}/associations/companies";

        var linked = await _caller.PutAsync($"{path}/{company}/{kind}", new { });
        var read = await _caller.GetAsync(path);
        var removed = await _caller.DeleteAsync($"{path}/{company}/{kind}");

        Assert.Equal((200, company), (linked.Status, linked.At("associations.companies.results.0.id")));
        Assert.Equal((company, "contact_to_company_unlabeled"), (read.At("results.0.id"), read.At("results.0.type")));
        Assert.Equal(204, removed.Status);
        Assert.Empty((await _caller.GetAsync(path)).Results);
    }
}
