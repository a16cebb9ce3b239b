using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

[Collection(FakeHubSpotTests.Name)]
public sealed class AssociationTests(FakeHubSpotFixture fixture) : IDisposable
{
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose() => _caller.Dispose();

    [Theory]
    [InlineData("/crm/v4/objects", "Number")]
    [InlineData("/crm/objects/2026-09", "String")]
    public async Task A_default_link_is_seen_from_both_sides(string family, string kindOfId)
    {
        var (contact, company) = (await ContactAsync(_caller), await CompanyAsync(_caller));

        var linked = await _caller.PutAsync(
            $"{family}/contacts/{contact}/associations/default/companies/{company}", new { });

        Assert.Equal((200, "279"), (linked.Status, linked.At("results.0.associationSpec.associationTypeId")));
        var there = await _caller.GetAsync($"{family}/contacts/{contact}/associations/companies");
        var back = await _caller.GetAsync($"{family}/companies/{company}/associations/contacts");
        Assert.Equal(
            (company, "279"), (there.At("results.0.toObjectId"), there.At("results.0.associationTypes.0.typeId")));
        Assert.Equal(
            (contact, "280"), (back.At("results.0.toObjectId"), back.At("results.0.associationTypes.0.typeId")));
        Assert.Equal(kindOfId, there.Results[0].GetProperty("toObjectId").ValueKind.ToString());
    }

    [Fact]
    public async Task A_new_primary_company_takes_the_place_of_the_old_one()
    {
        var contact = await ContactAsync(_caller);
        var (first, second) = (await CompanyAsync(_caller), await CompanyAsync(_caller));
        await LinkPrimaryAsync(contact, first);

        await LinkPrimaryAsync(contact, second);

        var answer = await _caller.GetAsync($"{Contacts}/{contact}?associations=companies");
        var links = answer.Json.GetProperty("associations")
            .GetProperty("companies")
            .GetProperty("results")
            .EnumerateArray()
            .Select(link => $"{link.GetProperty("id")} {link.GetProperty("type")}");
        Assert.Equal(
            [
                $"{first} contact_to_company_unlabeled",
                $"{second} contact_to_company_unlabeled",
                $"{second} contact_to_company",
            ],
            links);
    }

    [Fact]
    public async Task What_follows_from_links_is_worked_out_anew()
    {
        var (contact, company) = (await ContactAsync(_caller), await CompanyAsync(_caller));

        await LinkPrimaryAsync(contact, company);

        var linked = await _caller.GetAsync($"{Contacts}/{contact}?properties=associatedcompanyid");
        var counted = await _caller.GetAsync($"{Companies}/{company}?properties=num_associated_contacts");
        Assert.Equal(company, linked.At("properties.associatedcompanyid"));
        Assert.Equal("1", counted.At("properties.num_associated_contacts"));
    }

    [Fact]
    public async Task A_removed_link_is_gone_from_both_sides()
    {
        var (contact, company) = (await ContactAsync(_caller), await CompanyAsync(_caller));
        await LinkPrimaryAsync(contact, company);

        Assert.Equal(
            204,
            (await _caller.DeleteAsync($"/crm/v4/objects/contacts/{contact}/associations/companies/{company}")).Status);

        Assert.Empty((await _caller.GetAsync($"/crm/v4/objects/companies/{company}/associations/contacts")).Results);
    }

    [Theory]
    [InlineData("/crm/v4/associations", 204)]
    [InlineData("/crm/associations/2026-09", 200)]
    public async Task Links_are_made_read_and_removed_in_batches(string family, int archiveStatus)
    {
        var (contact, company, lonely) = (
            await ContactAsync(_caller), await CompanyAsync(_caller), await ContactAsync(_caller));
        var path = $"{family}/contacts/companies/batch";
        var types = Types(1);

        var created = await _caller.PostAsync(
            $"{path}/create",
            new { inputs = new[] { new { from = new { id = contact }, to = new { id = company }, types } } });
        var read = await _caller.PostAsync(
            $"{path}/read", new { inputs = new[] { new { id = contact }, new { id = lonely } } });
        var archived = await _caller.PostAsync(
            $"{path}/archive",
            new { inputs = new[] { new { from = new { id = contact }, to = new[] { new { id = company } } } } });
        var after = await _caller.PostAsync($"{path}/read", new { inputs = new[] { new { id = contact } } });

        Assert.Equal((201, archiveStatus), (created.Status, archived.Status));
        Assert.Equal(
            (207, contact, company), (read.Status, read.At("results.0.from.id"), read.At("results.0.to.0.toObjectId")));
        Assert.Equal(
            ("Primary", lonely),
            (read.At("results.0.to.0.associationTypes.1.label"), read.At("errors.0.context.fromObjectId.0")));
        Assert.Empty(after.Results);
    }

    [Fact]
    public async Task A_record_is_linked_as_it_is_created()
    {
        var (contact, company) = (await ContactAsync(_caller), await CompanyAsync(_caller));

        var deal = await CreateAsync(_caller, Deals, new
        {
            properties = new { dealname = "Tents", pipeline = "default", dealstage = "closedwon" },
            associations = new[] { Link(contact, 3), Link(company, 341) },
        });

        var answer = await _caller.GetAsync($"{Deals}/{deal}?associations=contacts,companies");
        Assert.Equal(
            (contact, "deal_to_contact"),
            (answer.At("associations.contacts.results.0.id"), answer.At("associations.contacts.results.0.type")));
        Assert.Equal(company, answer.At("associations.companies.results.0.id"));
    }

    [Fact]
    public async Task A_link_to_nothing_or_of_a_wrong_kind_is_refused()
    {
        var (contact, company) = (await ContactAsync(_caller), await CompanyAsync(_caller));

        var nothing = await _caller.PutAsync(
            $"/crm/v4/objects/contacts/{contact}/associations/default/companies/999999999", new { });
        var wrong = await _caller.PutAsync(
            $"/crm/v4/objects/contacts/{contact}/associations/companies/{company}", Types(3));

        Assert.Equal((404, 400), (nothing.Status, wrong.Status));
    }

    [Fact]
    public async Task The_labels_of_a_pair_of_types_can_be_read()
    {
        var answer = await _caller.GetAsync("/crm/associations/2026-09/contacts/companies/labels");

        Assert.Equal(["279", "1"], answer.Results.Select(label => label.GetProperty("typeId").ToString()));
    }

    private Task<HubSpotAnswer> LinkPrimaryAsync(string contact, string company) => _caller.PutAsync(
        $"/crm/objects/2026-09/contacts/{contact}/associations/companies/{company}", Types(1));

    private static object Link(string id, int typeId) => new { to = new { id }, types = Types(typeId) };

    private static object[] Types(int typeId) =>
        [new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = typeId }];
}
