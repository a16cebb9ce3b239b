using System.Net.Http.Headers;
using System.Text;
using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class PropertyTests(FakeHubSpotFixture fixture) : IClassFixture<FakeHubSpotFixture>, IDisposable
{
    private const string Properties = "/crm/properties/2026-09/contacts";
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task Definitions_say_what_may_be_written()
    {
        var created = await _caller.GetAsync($"{Properties}/createdate");
        var first = await _caller.GetAsync($"{Properties}/firstname");
        var owner = await _caller.GetAsync($"{Properties}/hubspot_owner_id");

        Assert.Null((await _caller.GetAsync(Properties)).At("paging"));
        Assert.Equal("True", created.At("modificationMetadata.readOnlyValue"));
        Assert.Equal("False", first.At("modificationMetadata.readOnlyValue"));
        Assert.Equal(
            ("True", "OWNER", "[]"),
            (owner.At("externalOptions"), owner.At("referencedObjectType"), owner.At("options")));
    }

    [Fact]
    public async Task Lifecycle_stages_of_the_account_have_numbers()
    {
        var stages = (await _caller.GetAsync($"{Properties}/lifecyclestage")).Json.GetProperty("options")
            .EnumerateArray()
            .Select(option => option.GetProperty("value").GetString())
            .ToList();

        Assert.Contains("customer", stages);
        Assert.Equal(2, stages.Count(stage => long.TryParse(stage, out _)));
    }

    [Theory]
    [InlineData("/crm/v3/properties/companies")]
    [InlineData("/crm/properties/2026-03/companies")]
    [InlineData("/crm/properties/2026-09/companies")]
    public async Task Every_property_has_the_fields_HubSpot_promises(string path)
    {
        foreach (var property in (await _caller.GetAsync(path)).Results)
        {
            Assert.All(
                ["name", "label", "type", "fieldType", "description", "groupName", "options", "createdAt", "archived"],
                field => Assert.True(property.TryGetProperty(field, out _), field));
            Assert.All(
                property.GetProperty("options").EnumerateArray(),
                option => Assert.All(
                    ["label", "value", "hidden", "displayOrder", "description"],
                    field => Assert.True(option.TryGetProperty(field, out _), field)));
        }
    }

    [Fact]
    public async Task All_fields_written_come_back()
    {
        var made = await _caller.PostAsync(Properties, new
        {
            name = "shirt_size",
            label = "Shirt size",
            type = "enumeration",
            fieldType = "radio",
            groupName = "shop",
            description = "As on the label",
            displayOrder = 7,
            hidden = true,
            formField = true,
            options = new[]
            {
                new { label = "Small", value = "s", displayOrder = 1, hidden = false, description = "to 170 cm" },
                new { label = "Large", value = "l", displayOrder = 0, hidden = true, description = "" },
            },
        });

        Assert.Equal((201, "7", "True"), (made.Status, made.At("displayOrder"), made.At("formField")));
        Assert.EndsWith("/contacts/shirt_size", made.Header("Location"), StringComparison.Ordinal);
        var read = await _caller.GetAsync($"{Properties}/shirt_size");
        Assert.Equal(
            ("As on the label", "True", "to 170 cm", "True"),
            (read.At("description"), read.At("hidden"), read.At("options.0.description"), read.At("options.1.hidden")));
        Assert.Equal("67", read.At("createdUserId"));
    }

    [Fact]
    public async Task A_property_is_made_changed_archived_and_revived()
    {
        var made = await MakeAsync("made_by_test", unique: true);
        var again = await MakeAsync("made_by_test");
        var changed = await _caller.PatchAsync($"{Properties}/made_by_test", new { label = "Other", hidden = true });
        fixture.Host.Time.Advance(TimeSpan.FromMinutes(1));
        var archived = await _caller.DeleteAsync($"{Properties}/made_by_test");
        var hidden = await _caller.GetAsync($"{Properties}/made_by_test");
        var shown = await _caller.GetAsync($"{Properties}/made_by_test?archived=true");
        var listed = await _caller.GetAsync($"{Properties}?archived=true");
        var revived = await MakeAsync("made_by_test");

        Assert.Equal((201, "True"), (made.Status, made.At("hasUniqueValue")));
        Assert.Equal((409, "Properties.PROPERTY_WITH_NAME_EXISTS"), (again.Status, again.At("subCategory")));
        Assert.Equal(("Other", "True", 204), (changed.At("label"), changed.At("hidden"), archived.Status));
        Assert.Equal((404, 200), (hidden.Status, shown.Status));
        Assert.Contains(listed.Results, one => one.GetProperty("name").GetString() == "made_by_test");
        Assert.Equal((201, "False"), (revived.Status, revived.At("hidden")));
        Assert.Equal(made.At("createdAt"), revived.At("createdAt"));
        Assert.NotEqual(made.At("updatedAt"), revived.At("updatedAt"));
    }

    [Fact]
    public async Task An_archived_property_is_left_out_of_reads_and_refused_in_writes()
    {
        await MakeAsync("soon_gone");
        var contact = await ContactAsync(_caller, ("soon_gone", "here"));

        await _caller.DeleteAsync($"{Properties}/soon_gone");

        var read = await _caller.GetAsync($"{Contacts}/{contact}?properties=soon_gone,firstname");
        var write = await _caller.PatchAsync($"{Contacts}/{contact}", With(("soon_gone", "again")));
        Assert.False(read.Has("properties", "soon_gone"));
        Assert.Equal((400, "PROPERTY_DOESNT_EXIST"), (write.Status, write.At("errors.0.code")));
    }

    [Theory]
    [InlineData("Upper", "contactinformation", "string", "text")]
    [InlineData("9lives", "contactinformation", "string", "text")]
    [InlineData("fine", "no_such_group", "string", "text")]
    [InlineData("fine", "shop", "text", "text")]
    [InlineData("fine", "shop", "number", "text")]
    [InlineData("fine", "shop", "date", "select")]
    [InlineData("fine", "shop", "enumeration", "select")]
    [InlineData("fine", "shop", "bool", "booleancheckbox")]
    public async Task What_HubSpot_does_not_take_is_refused(string name, string group, string type, string fieldType)
    {
        var answer = await _caller.PostAsync(Properties, new { name, label = "x", type, fieldType, groupName = group });

        Assert.Equal((400, "VALIDATION_ERROR"), (answer.Status, answer.At("category")));
    }

    [Theory]
    [InlineData("displayOrder", "x")]
    [InlineData("hidden", "perhaps")]
    [InlineData("options", "none")]
    [InlineData("numberDisplayHint", "roman")]
    [InlineData("referencedObjectType", "NOBODY")]
    public async Task A_field_of_a_wrong_type_is_a_400(string field, string value)
    {
        var body = new Dictionary<string, object>
        {
            ["name"] = "wrong_by_test",
            ["label"] = "x",
            ["type"] = "string",
            ["fieldType"] = "text",
            ["groupName"] = "shop",
            [field] = value,
        };

        Assert.Equal(400, (await _caller.PostAsync(Properties, body)).Status);
        body[field] = new { nested = true };
        Assert.Equal(400, (await _caller.PostAsync(Properties, body)).Status);
    }

    [Theory]
    [InlineData("{\"name\":\"half\\ud800\"}")]
    [InlineData("{\"\\udc00\":1}")]
    [InlineData("{")]
    [InlineData("null")]
    public async Task A_body_that_is_no_text_or_no_object_is_a_400(string json)
    {
        using var http = new HttpClient { BaseAddress = fixture.Host.Address };
        var tokens = fixture.Host.Installations.Install(12345, ["crm.schemas.contacts.write"]);
        using var request = new HttpRequestMessage(HttpMethod.Post, Properties)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(400, (int)response.StatusCode);
    }

    [Fact]
    public async Task The_newest_version_wants_an_order_for_options()
    {
        var body = new
        {
            name = "choice_by_test",
            label = "x",
            type = "enumeration",
            fieldType = "select",
            groupName = "shop",
            options = new[] { new { label = "A", value = "a", hidden = false } },
        };

        Assert.Equal(400, (await _caller.PostAsync(Properties, body)).Status);
        Assert.Equal(201, (await _caller.PostAsync("/crm/v3/properties/contacts", body)).Status);
    }

    [Fact]
    public async Task A_property_in_use_stays()
    {
        await MakeAsync("used_base");
        await _caller.PostAsync(Properties, new
        {
            name = "used_total",
            label = "Total",
            type = "number",
            fieldType = "calculation_equation",
            groupName = "shop",
            calculationFormula = "used_base  * 2",
        });

        var refused = await _caller.DeleteAsync($"{Properties}/used_base");
        var total = await _caller.GetAsync($"{Properties}/used_total");

        Assert.Equal(("True", "used_base * 2"), (total.At("calculated"), total.At("calculationFormula")));
        Assert.Equal(
            (400, "PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE", "CALCULATED_PROPERTY"),
            (refused.Status, refused.At("subCategory"), refused.At("errors.0.context.parentType.0")));
        Assert.Equal(204, (await _caller.DeleteAsync($"{Properties}/used_total")).Status);
        Assert.Equal(204, (await _caller.DeleteAsync($"{Properties}/used_base")).Status);
    }

    [Fact]
    public async Task HubSpots_own_properties_keep_their_definition_but_some_take_other_options()
    {
        var label = await _caller.PatchAsync($"{Properties}/firstname", new { label = "Given name" });
        var same = await _caller.PatchAsync($"{Properties}/firstname", new { label = "First name" });
        var options = await _caller.PatchAsync($"{Properties}/hs_lead_status", new
        {
            options = new[] { new { label = "Fresh", value = "FRESH", displayOrder = 0, hidden = false } },
        });

        Assert.Equal((400, 200), (label.Status, same.Status));
        Assert.Equal((200, "FRESH"), (options.Status, options.At("options.0.value")));
        Assert.Equal(400, (await _caller.DeleteAsync($"{Properties}/firstname")).Status);
    }

    [Fact]
    public async Task Batches_tell_for_each_input_what_became_of_it()
    {
        var created = await _caller.PostAsync($"{Properties}/batch/create", new
        {
            inputs = new[] { Body("batch_one"), Body("batch_two"), Body("Batch three") },
        });
        var read = await _caller.PostAsync($"{Properties}/batch/read", new
        {
            archived = false,
            dataSensitivity = "non_sensitive",
            inputs = new[] { new { name = "batch_one" }, new { name = "batch_nine" } },
        });
        var archived = await _caller.PostAsync(
            $"{Properties}/batch/archive",
            new { inputs = new[] { new { name = "batch_one" }, new { name = "never" } } });

        Assert.Equal((207, 2, "1"), (created.Status, created.Results.Count, created.At("numErrors")));
        Assert.All(["category", "context", "errors", "links", "message", "status"], field => Assert.True(
            created.Has("errors.0", field), field));
        Assert.Equal((207, "batch_nine"), (read.Status, read.At("errors.0.context.ids.0")));
        Assert.Equal(204, archived.Status);
        Assert.Equal(404, (await _caller.GetAsync($"{Properties}/batch_one")).Status);
    }

    [Fact]
    public async Task Groups_are_made_renamed_and_archived_once_they_are_empty()
    {
        var made = await _caller.PostAsync($"{Properties}/groups", new { name = "hubspotsync", label = "HubSpotSync" });
        var again = await _caller.PostAsync($"{Properties}/groups", new { name = "hubspotsync", label = "Other" });
        await _caller.PostAsync(Properties, Body("in_group", "hubspotsync"));
        var renamed = await _caller.PatchAsync(
            $"{Properties}/groups/hubspotsync", new { label = "New", displayOrder = 3 });
        var full = await _caller.DeleteAsync($"{Properties}/groups/hubspotsync");
        await _caller.DeleteAsync($"{Properties}/in_group");
        var archived = await _caller.DeleteAsync($"{Properties}/groups/hubspotsync");

        Assert.Equal((201, "-1", "False"), (made.Status, made.At("displayOrder"), made.At("archived")));
        Assert.Equal((409, "New", "3"), (again.Status, renamed.At("label"), renamed.At("displayOrder")));
        Assert.Equal((400, 204), (full.Status, archived.Status));
        Assert.Contains("GROUP_WITH_ACTIVE_PROPERTIES", full.At("message"), StringComparison.Ordinal);
        Assert.Equal(404, (await _caller.GetAsync($"{Properties}/groups/hubspotsync")).Status);
        Assert.DoesNotContain(
            (await _caller.GetAsync($"{Properties}/groups")).Results,
            group => group.GetProperty("name").GetString() == "hubspotsync");
    }

    [Fact]
    public async Task Sensitive_properties_are_asked_for_apart_and_need_a_scope_to_make()
    {
        var sensitive = await _caller.GetAsync($"{Properties}?dataSensitivity=sensitive&locale=de");
        var unknown = await _caller.GetAsync($"{Properties}?dataSensitivity=secret");
        var made = await _caller.PostAsync(Properties, new
        {
            name = "secret",
            label = "x",
            type = "string",
            fieldType = "text",
            groupName = "shop",
            dataSensitivity = "sensitive",
        });

        Assert.Empty(sensitive.Results);
        Assert.Equal((400, 403), (unknown.Status, made.Status));
        Assert.Equal(
            "crm.objects.contacts.sensitive.write.v2", made.At("errors.0.context.requiredGranularScopes.0"));
    }

    private Task<HubSpotAnswer> MakeAsync(string name, bool unique = false) => _caller.PostAsync(Properties, new
    {
        name,
        label = "Made",
        type = "string",
        fieldType = "text",
        groupName = "contactinformation",
        hasUniqueValue = unique,
    });

    private static object Body(string name, string group = "shop") =>
        new { name, label = name, type = "string", fieldType = "text", groupName = group };
}
