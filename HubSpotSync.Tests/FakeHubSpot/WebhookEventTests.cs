using System.Text.Json;
using static HubSpotSync.Tests.FakeHubSpot.Sample;
using static HubSpotSync.Tests.FakeHubSpot.WebhookScene;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>What each kind of change says, and what says nothing.</summary>
public sealed class WebhookEventTests
{
    [Fact]
    public async Task An_apps_own_write_comes_back_as_an_echo()
    {
        await using var scene = await StartAsync("contact.creation", "contact.propertyChange email");
        var email = Email();

        var id = await ContactAsync(scene.App, ("email", email));
        await scene.HearAsync();

        var created = await scene.HearOneAsync("contact.creation");
        var changed = await scene.HearOneAsync("contact.propertyChange");
        Assert.Equal("INTEGRATION 4455 CREATED", Text(created, "changeSource", "sourceId", "changeFlag"));
        Assert.Equal(
            $"12345 4455 {id} 0 INTEGRATION 4455 email {email}",
            Text(
                changed,
                "portalId", "appId", "objectId", "attemptNumber", "changeSource", "sourceId", "propertyName",
                "propertyValue"));
        Assert.Equal(
            scene.Host.Time.GetUtcNow().ToUnixTimeMilliseconds(), changed.GetProperty("occurredAt").GetInt64());
        Assert.NotEqual(Text(created, "eventId"), Text(changed, "eventId"));
        Assert.Equal("1 2", $"{Text(created, "subscriptionId")} {Text(changed, "subscriptionId")}");
    }

    [Fact]
    public async Task A_persons_edit_says_who_it_was()
    {
        await using var scene = await StartAsync("contact.propertyChange firstname", "contact.propertyChange city");
        var id = await ContactAsync(scene.App);
        await scene.HearAsync();

        await scene.Control.PatchAsync($"{People}/{id}", With(("firstname", "Changed"), ("lastname", "Quietly")));

        var changed = (await scene.HearAsync())[^1];
        Assert.Equal(2, scene.Receiver.Events.Count);
        Assert.Equal(
            "CRM_UI userId:67 firstname Changed",
            Text(changed, "changeSource", "sourceId", "propertyName", "propertyValue"));
    }

    [Fact]
    public async Task A_write_that_changes_nothing_says_nothing()
    {
        await using var scene = await StartAsync(
            "contact.propertyChange firstname", "contact.propertyChange lastmodifieddate",
            "contact.propertyChange city", "deal.propertyChange hs_is_closed", "contact.propertyChange lifecyclestage");
        var id = await ContactAsync(scene.App, ("lifecyclestage", "customer"));
        await scene.Control.PostAsync("/_fake/clock", new { advanceSeconds = 60 });

        await scene.App.PatchAsync($"{Contacts}/{id}", With(("firstname", "Sample"), ("city", "")));
        await scene.App.PatchAsync($"{Contacts}/{id}", With(("lifecyclestage", "lead")));
        await scene.App.PatchAsync($"{Deals}/1001", With(("dealstage", "closedwon")));

        Assert.Equal(
            ["firstname", "lifecyclestage"],
            (await scene.HearAsync()).Select(told => Text(told, "propertyName")).Order());
    }

    [Fact]
    public async Task Archiving_restoring_and_clearing_are_told()
    {
        await using var scene = await StartAsync(
            "contact.deletion", "contact.restore", "contact.propertyChange firstname");
        var id = await ContactAsync(scene.App);

        await scene.App.PatchAsync($"{Contacts}/{id}", With(("firstname", "")));
        await scene.App.DeleteAsync($"{Contacts}/{id}");
        await scene.App.DeleteAsync($"{Contacts}/{id}");
        await scene.Control.PostAsync($"{People}/{id}/restore", new { });

        var told = await scene.HearAsync();
        Assert.Equal(
            ["contact.propertyChange", "contact.propertyChange", "contact.deletion", "contact.restore"],
            told.Select(Type));
        Assert.Equal("", Text(told[1], "propertyValue"));
        Assert.Equal($"DELETED INTEGRATION {id}", Text(told[2], "changeFlag", "changeSource", "objectId"));
        Assert.Equal($"CRM_UI {id}", Text(told[3], "changeSource", "objectId"));
    }

    [Fact]
    public async Task A_batch_archive_and_a_batch_create_are_told_one_by_one()
    {
        await using var scene = await StartAsync("contact.deletion", "contact.creation");
        var made = await scene.App.PostAsync(
            $"{Contacts}/batch/create", new { inputs = new[] { With(("email", Email())), With(("email", Email())) } });
        var ids = made.Results.Select(one => one.GetProperty("id").GetString());

        await scene.App.PostAsync($"{Contacts}/batch/archive", new { inputs = ids.Select(id => new { id }) });

        Assert.Equal(
            [.. ids.Select(id => $"contact.creation {id}"), .. ids.Select(id => $"contact.deletion {id}")],
            (await scene.HearAsync()).Select(told => $"{Type(told)} {Text(told, "objectId")}"));
    }

    [Fact]
    public async Task A_merge_names_the_new_record_and_what_moved_into_it()
    {
        await using var scene = await StartAsync(
            "contact.merge", "contact.propertyChange city", "contact.creation", "contact.deletion");
        var primary = await ContactAsync(scene.App, ("email", Email()));
        var other = await ContactAsync(scene.App, ("email", Email()), ("city", "Bonn"), ("jobtitle", "Chef"));

        var merged = await scene.App.PostAsync(
            $"{Contacts}/merge", new { primaryObjectId = primary, objectIdToMerge = other });

        var told = await scene.HearOneAsync("contact.merge");
        Assert.Equal(
            $"{merged.At("id")} {primary} [{other}] {merged.At("id")} 2",
            Text(told, "objectId", "primaryObjectId", "mergedObjectIds", "newObjectId", "numberOfPropertiesMoved"));
        Assert.Equal(
            $"{merged.At("id")} Bonn", Text(scene.Receiver.Events[^1], "objectId", "propertyValue"));
        Assert.Equal(2, scene.Receiver.Events.Count(one => Type(one) == "contact.creation"));
        Assert.DoesNotContain(scene.Receiver.Events, one => Type(one) == "contact.deletion");
    }

    [Fact]
    public async Task What_is_deleted_for_privacy_is_deleted_too()
    {
        await using var scene = await StartAsync("contact.privacyDeletion", "contact.deletion");
        var id = await ContactAsync(scene.App);

        await scene.App.PostAsync($"{Contacts}/gdpr-delete", new { objectId = id });

        Assert.Equal(
            [$"contact.deletion {id}", $"contact.privacyDeletion {id}"],
            (await scene.HearAsync()).Select(told => $"{Type(told)} {Text(told, "objectId")}").Order());
    }

    [Fact]
    public async Task A_link_is_told_from_both_sides_and_each_kind_for_itself()
    {
        await using var scene = await StartAsync("contact.associationChange", "company.associationChange");
        var (contact, company) = (await ContactAsync(scene.App), await CompanyAsync(scene.App));

        await scene.App.PutAsync(
            $"{Contacts}/{contact}/associations/companies/{company}",
            new[] { new { associationCategory = "HUBSPOT_DEFINED", associationTypeId = 1 } });
        await scene.App.PutAsync($"{Contacts}/{contact}/associations/default/companies/{company}", new { });
        await scene.App.DeleteAsync($"{Contacts}/{contact}/associations/companies/{company}");

        string[] names =
            ["associationType", "fromObjectId", "toObjectId", "associationRemoved", "isPrimaryAssociation"];
        var told = (await scene.HearAsync()).Select(one => Text(one, names)).ToList();
        string[] expected =
        [
            .. from removed in (string[])["False", "True"]
               from primary in (string[])["False", "True"]
               from side in (string[])
                   [$"CONTACT_TO_COMPANY {contact} {company}", $"COMPANY_TO_CONTACT {company} {contact}"]
               select $"{side} {removed} {primary}",
        ];
        Assert.Equal(expected.Order(), told.Order());
        Assert.DoesNotContain(scene.Receiver.Events, one => one.TryGetProperty("objectId", out _));
    }

    [Fact]
    public async Task Archiving_a_record_takes_its_links_along()
    {
        await using var scene = await StartAsync("company.associationChange");
        var (contact, company) = (await ContactAsync(scene.App), await CompanyAsync(scene.App));
        await scene.App.PutAsync($"{Contacts}/{contact}/associations/default/companies/{company}", new { });
        await scene.HearAsync();

        await scene.Control.DeleteAsync($"{People}/{contact}");

        var told = (await scene.HearAsync())[^1];
        Assert.Equal(
            $"{company} {contact} True CRM_UI",
            Text(told, "fromObjectId", "toObjectId", "associationRemoved", "changeSource"));
    }

    [Fact]
    public async Task The_generic_form_names_the_type_of_object()
    {
        await using var scene = await StartAsync(
            "object.creation @0-2", "object.propertyChange @0-2 name", "object.associationChange @0-2");
        var (contact, company) = (await ContactAsync(scene.App), await CompanyAsync(scene.App));

        await scene.App.PutAsync($"{Contacts}/{contact}/associations/default/companies/{company}", new { });

        var told = await scene.HearAsync();
        Assert.Equal(["object.creation", "object.propertyChange", "object.associationChange"], told.Select(Type));
        Assert.All(told, one => Assert.Equal("0-2", Text(one, "objectTypeId")));
        Assert.Equal(
            "280 HUBSPOT_DEFINED 0-2 0-1",
            Text(told[2], "associationTypeId", "associationCategory", "fromObjectTypeId", "toObjectTypeId"));
    }

    [Fact]
    public async Task Only_what_was_asked_for_and_may_be_read_is_told()
    {
        await using var scene = await StartAsync("contact.creation", "company.creation");
        using var small = scene.Host.Connect(scene.Host.Accounts.Small, "crm.objects.contacts.write", "oauth");

        await ContactAsync(small);
        await scene.App.PostAsync(Deals, With(("dealname", "Nobody asked")));
        await CompanyAsync(scene.App);

        Assert.Equal("company.creation", Type(Assert.Single(await scene.HearAsync())));
    }

    private static string Text(JsonElement told, params IEnumerable<string> names) => string.Join(
        ' ', names.Select(name => told.GetProperty(name).ToString()));
}
