using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

[Collection(FakeHubSpotTests.Name)]
public sealed class WriteTests(FakeHubSpotFixture fixture) : IDisposable
{
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task A_new_record_answers_201_with_its_place()
    {
        var answer = await _caller.PostAsync(Contacts, With(("email", Email()), ("loyalty_points", "12.50")));

        Assert.Equal(201, answer.Status);
        Assert.EndsWith($"{Contacts}/{answer.At("id")}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("12.50", answer.At("properties.loyalty_points"));
    }

    [Fact]
    public async Task Every_value_is_kept_as_text_whatever_it_was_sent_as()
    {
        var answer = await _caller.PostAsync(
            Contacts, new { properties = new { email = Email(), loyalty_points = 7, hs_email_optout = true } });

        Assert.Equal("7", answer.Json.GetProperty("properties").GetProperty("loyalty_points").GetString());
        Assert.Equal("true", answer.Json.GetProperty("properties").GetProperty("hs_email_optout").GetString());
    }

    [Fact]
    public async Task An_update_touches_only_what_it_names_and_an_empty_text_clears()
    {
        var id = await ContactAsync(_caller, ("phone", "1"), ("city", "Bonn"), ("zip", "53111"));

        await _caller.PatchAsync($"{Contacts}/{id}", With(("phone", ""), ("city", null)));

        var answer = await _caller.GetAsync($"{Contacts}/{id}?properties=phone,city,zip");
        Assert.Equal(
            ("", "Bonn", "53111"),
            (answer.At("properties.phone"), answer.At("properties.city"), answer.At("properties.zip")));
    }

    [Fact]
    public async Task A_write_moves_the_modified_date_even_where_it_changes_nothing_but_leaves_no_history()
    {
        var id = await ContactAsync(_caller, ("city", "Bonn"));
        var before = await _caller.GetAsync($"{Contacts}/{id}?propertiesWithHistory=city");
        fixture.Host.Time.Advance(TimeSpan.FromSeconds(1));

        await _caller.PatchAsync($"{Contacts}/{id}", With(("city", "Bonn")));

        var after = await _caller.GetAsync($"{Contacts}/{id}?propertiesWithHistory=city");
        Assert.True(string.CompareOrdinal(before.At("updatedAt"), after.At("updatedAt")) < 0);
        Assert.Equal(after.At("updatedAt"), after.At("properties.lastmodifieddate"));
        Assert.Single(after.Json.GetProperty("propertiesWithHistory").GetProperty("city").EnumerateArray());
    }

    [Fact]
    public async Task A_taken_address_is_a_conflict_that_names_the_holder()
    {
        var email = Email();
        var id = await ContactAsync(_caller, ("email", email), ("hs_additional_emails", "second." + email));
        var other = await ContactAsync(_caller);

        var created = await _caller.PostAsync(Contacts, With(("email", email.ToUpperInvariant())));
        var secondary = await _caller.PostAsync(Contacts, With(("email", "second." + email)));
        var moved = await _caller.PatchAsync($"{Contacts}/{other}", With(("email", email)));

        Assert.All((HubSpotAnswer[])[created, secondary, moved], answer =>
        {
            Assert.Equal((409, "CONFLICT"), (answer.Status, answer.At("category")));
            Assert.Equal($"Contact already exists. Existing ID: {id}", answer.At("message"));
        });
    }

    [Fact]
    public async Task The_address_of_an_archived_contact_is_free_again()
    {
        var email = Email();
        await _caller.DeleteAsync($"{Contacts}/{await ContactAsync(_caller, ("email", email))}");

        Assert.Equal(201, (await _caller.PostAsync(Contacts, With(("email", email)))).Status);
    }

    [Theory]
    [InlineData("no_such_property", "x", "PROPERTY_DOESNT_EXIST")]
    [InlineData("createdate", "2026-01-01", "READ_ONLY_VALUE")]
    [InlineData("associatedcompanyid", "1001", "READ_ONLY_VALUE")]
    [InlineData("email", "not an address", "INVALID_EMAIL")]
    [InlineData("email", "someone@server.local", "INVALID_EMAIL")]
    [InlineData("email", "\"quoted\"@test.example", "INVALID_EMAIL")]
    [InlineData("loyalty_points", "1,000", "INVALID_NUMBER")]
    [InlineData("lifecyclestage", "Customer", "INVALID_OPTION")]
    [InlineData("hs_email_optout", "yes", "INVALID_BOOLEAN")]
    [InlineData("customer_since", "2026-11-22T08:00:00Z", "INVALID_DATE")]
    [InlineData("hubspot_owner_id", "1", "INVALID_OWNER_ID")]
    public async Task A_value_that_does_not_fit_fails_the_whole_record(string property, string value, string code)
    {
        var id = await ContactAsync(_caller);

        var answer = await _caller.PatchAsync($"{Contacts}/{id}", With(("city", "Bonn"), (property, value)));

        Assert.Equal((400, "VALIDATION_ERROR"), (answer.Status, answer.At("category")));
        Assert.StartsWith("Property values were not valid: [{", answer.At("message"), StringComparison.Ordinal);
        Assert.Equal((code, property), (answer.At("errors.0.code"), answer.At("errors.0.context.propertyName.0")));
        Assert.Null((await _caller.GetAsync($"{Contacts}/{id}?properties=city")).At("properties.city"));
    }

    [Theory]
    [InlineData("customer_since", "1767225600000", "2026-01-01")]
    [InlineData("hs_email_last_send_date", "1767225600000", "2026-01-01T00:00:00.000Z")]
    [InlineData("hs_email_last_send_date", "2026-01-01T02:00:00+02:00", "2026-01-01T00:00:00.000Z")]
    [InlineData("interests", ";climbing", "climbing")]
    public async Task Values_come_back_in_one_form(string property, string written, string kept)
    {
        var id = await ContactAsync(_caller, (property, written));

        Assert.Equal(
            kept, (await _caller.GetAsync($"{Contacts}/{id}?properties={property}")).At($"properties.{property}"));
    }

    [Fact]
    public async Task A_leading_semicolon_adds_a_choice()
    {
        var id = await ContactAsync(_caller, ("interests", "hiking"));

        var answer = await _caller.PatchAsync($"{Contacts}/{id}", With(("interests", ";climbing")));

        Assert.Equal("hiking;climbing", answer.At("properties.interests"));
    }

    [Fact]
    public async Task A_lifecycle_stage_never_goes_back_unless_it_was_cleared_first()
    {
        var id = await ContactAsync(_caller, ("lifecyclestage", "customer"));

        var back = await _caller.PatchAsync($"{Contacts}/{id}", With(("lifecyclestage", "lead")));
        await _caller.PatchAsync($"{Contacts}/{id}", With(("lifecyclestage", "")));
        var afterClearing = await _caller.PatchAsync($"{Contacts}/{id}", With(("lifecyclestage", "lead")));

        Assert.Equal((200, "customer"), (back.Status, back.At("properties.lifecyclestage")));
        Assert.Equal("lead", afterClearing.At("properties.lifecyclestage"));
    }

    [Fact]
    public async Task A_person_may_put_a_lifecycle_stage_back()
    {
        var id = await ContactAsync(_caller, ("lifecyclestage", "customer"));
        using var person = fixture.Host.Anonymous();

        var answer = await person.PatchAsync(
            $"/_fake/accounts/12345/objects/contacts/{id}", With(("lifecyclestage", "lead")));

        Assert.Equal("lead", answer.At("properties.lifecyclestage"));
    }

    [Fact]
    public async Task A_deal_needs_a_name_a_stage_and_the_pipeline_the_stage_is_in()
    {
        var bare = await _caller.PostAsync(Deals, With(("dealname", "Tents"), ("pipeline", "default")));
        var wrong = await _caller.PostAsync(
            Deals, With(("dealname", "Tents"), ("pipeline", "default"), ("dealstage", "755013")));
        var good = await _caller.PostAsync(
            Deals, With(("dealname", "Tents"), ("pipeline", "75501"), ("dealstage", "755013")));
        var won = await _caller.GetAsync(
            $"{Deals}/{good.At("id")}?properties=hs_is_closed,hs_is_closed_won,hs_deal_stage_probability");

        Assert.Equal((400, 400, 201), (bare.Status, wrong.Status, good.Status));
        Assert.Equal(
            ("true", "true", "1.0"),
            (
                won.At("properties.hs_is_closed"),
                won.At("properties.hs_is_closed_won"),
                won.At("properties.hs_deal_stage_probability")));
    }

    [Fact]
    public async Task A_merge_makes_a_new_record_that_both_old_ids_lead_to()
    {
        var (first, second) = (Email(), Email());
        var primary = await ContactAsync(_caller, ("email", first), ("city", "Bonn"));
        var loser = await ContactAsync(_caller, ("email", second), ("city", "Köln"), ("zip", "50667"));

        var merged = await _caller.PostAsync(
            $"{Contacts}/merge", new { primaryObjectId = primary, objectIdToMerge = loser });

        Assert.DoesNotContain(merged.At("id"), (string[])[primary, loser]);
        var byOldId = await _caller.GetAsync(
            $"{Contacts}/{loser}?properties=email,city,zip,hs_merged_object_ids,hs_additional_emails");
        Assert.Equal(merged.At("id"), byOldId.At("id"));
        Assert.Equal(
            (first, "Bonn", "50667"),
            (byOldId.At("properties.email"), byOldId.At("properties.city"), byOldId.At("properties.zip")));
        Assert.Equal(
            ($"{primary};{loser}", second),
            (byOldId.At("properties.hs_merged_object_ids"), byOldId.At("properties.hs_additional_emails")));
        var batch = await _caller.PostAsync(
            $"{Contacts}/batch/update",
            new { inputs = new[] { new { id = loser, properties = new { city = "Ulm" } } } });
        Assert.Equal((200, 0), (batch.Status, batch.Results.Count));
    }

    [Fact]
    public async Task A_contact_deleted_for_privacy_is_gone_and_may_not_come_back()
    {
        var email = Email();
        var id = await ContactAsync(_caller, ("email", email));

        var deleted = await _caller.PostAsync(
            $"{Contacts}/gdpr-delete", new { objectId = email, idProperty = "email" });

        Assert.Equal(204, deleted.Status);
        Assert.Equal(404, (await _caller.GetAsync($"{Contacts}/{id}?archived=true")).Status);
        Assert.Equal(400, (await _caller.PostAsync(Contacts, With(("email", email)))).Status);
    }
}
