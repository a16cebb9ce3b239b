using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

[Collection(FakeHubSpotTests.Name)]
public sealed class BatchTests(FakeHubSpotFixture fixture) : IDisposable
{
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task A_batch_read_gives_what_is_there_and_names_what_is_not()
    {
        var id = await ContactAsync(_caller, ("city", "Bonn"));

        var answer = await _caller.PostAsync(
            $"{Contacts}/batch/read", new { properties = new[] { "city" }, inputs = Ids(id, "999999999") });

        Assert.Equal((207, "COMPLETE", "1"), (answer.Status, answer.At("status"), answer.At("numErrors")));
        Assert.Equal((id, "Bonn"), (answer.At("results.0.id"), answer.At("results.0.properties.city")));
        Assert.Equal(
            ("OBJECT_NOT_FOUND", "999999999"), (answer.At("errors.0.category"), answer.At("errors.0.context.ids.0")));
    }

    [Fact]
    public async Task A_batch_read_by_address_finds_contacts()
    {
        var email = Email();
        var id = await ContactAsync(_caller, ("email", email));

        var answer = await _caller.PostAsync(
            $"{Contacts}/batch/read", new { idProperty = "email", inputs = Ids(email) });

        Assert.Equal((200, id), (answer.Status, answer.At("results.0.id")));
    }

    [Fact]
    public async Task A_batch_has_at_most_a_hundred_inputs_and_fifty_with_history()
    {
        var ids = Ids([.. Enumerable.Range(1, 101).Select(number => $"{number}")]);

        var tooMany = await _caller.PostAsync($"{Contacts}/batch/read", new { inputs = ids });
        var tooManyWithHistory = await _caller.PostAsync(
            $"{Contacts}/batch/read", new { propertiesWithHistory = new[] { "city" }, inputs = ids.Take(51) });

        Assert.Equal((400, 400), (tooMany.Status, tooManyWithHistory.Status));
        Assert.Contains("50", tooManyWithHistory.At("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_bad_record_fails_a_batch_create_without_trace_ids()
    {
        var good = Email();

        var answer = await _caller.PostAsync(
            $"{Contacts}/batch/create", new { inputs = new[] { With(("email", good)), With(("nonsense", "1")) } });

        Assert.Equal((400, "PROPERTY_DOESNT_EXIST"), (answer.Status, answer.At("errors.0.code")));
        Assert.Equal(404, (await _caller.GetAsync($"{Contacts}/{good}?idProperty=email")).Status);
    }

    [Fact]
    public async Task With_trace_ids_each_record_of_a_batch_create_stands_for_itself()
    {
        var (good, taken) = (Email(), Email());
        var holder = await ContactAsync(_caller, ("email", taken));

        var answer = await _caller.PostAsync(
            $"{Contacts}/batch/create", new { inputs = new[] { Traced("a", good), Traced("b", taken) } });

        Assert.Equal(207, answer.Status);
        Assert.Equal((good, "a"), (answer.At("results.0.properties.email"), answer.At("results.0.objectWriteTraceId")));
        Assert.Equal(
            ("CONFLICT", "b"), (answer.At("errors.0.category"), answer.At("errors.0.context.objectWriteTraceId.0")));
        Assert.EndsWith($"Existing ID: {holder}", answer.At("errors.0.message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_address_or_id_twice_refuses_the_whole_batch()
    {
        var email = Email();
        var id = await ContactAsync(_caller);

        var sameAddress = await _caller.PostAsync(
            $"{Contacts}/batch/create", new { inputs = new[] { Traced("a", email), Traced("b", email) } });
        var update = new { id, properties = new { city = "Ulm" } };
        var sameId = await _caller.PostAsync($"{Contacts}/batch/update", new { inputs = new[] { update, update } });

        Assert.Equal((409, 400, id), (sameAddress.Status, sameId.Status, sameId.At("context.ids.0")));
    }

    [Fact]
    public async Task A_batch_update_changes_what_is_there_and_names_what_is_not()
    {
        var id = await ContactAsync(_caller);

        var there = new { id, properties = new { city = "Ulm" } };
        var missing = there with { id = "999999999" };
        var answer = await _caller.PostAsync(
            $"{Contacts}/batch/update",
            new { inputs = new[] { there, missing } });

        Assert.Equal((207, "Ulm"), (answer.Status, answer.At("results.0.properties.city")));
        Assert.Equal("999999999", answer.At("errors.0.context.ids.0"));
    }

    [Fact]
    public async Task An_upsert_by_an_own_unique_property_says_what_was_new()
    {
        await _caller.PostAsync("/crm/properties/2026-09/contacts", new
        {
            name = "upsert_key",
            label = "Key",
            type = "string",
            fieldType = "text",
            groupName = "contactinformation",
            hasUniqueValue = true,
        });
        var first = await UpsertAsync("K-1", "Bonn");

        var second = await UpsertAsync("K-1", "Ulm");

        Assert.Equal(
            (200, "True", "K-1"),
            (first.Status, first.At("results.0.new"), first.At("results.0.properties.upsert_key")));
        Assert.Equal(
            (200, "False", first.At("results.0.id")),
            (second.Status, second.At("results.0.new"), second.At("results.0.id")));
        Assert.Equal("Ulm", second.At("results.0.properties.city"));
        var taken = await _caller.PostAsync(Contacts, With(("firstname", "Other"), ("upsert_key", "K-1")));
        Assert.Equal((400, "CONFLICTING_UNIQUE_VALUE"), (taken.Status, taken.At("errors.0.code")));
        Assert.Equal(
            first.At("results.0.id"), (await _caller.GetAsync($"{Contacts}/K-1?idProperty=upsert_key")).At("id"));
    }

    [Fact]
    public async Task An_upsert_by_address_must_not_leave_anything_out()
    {
        var email = Email();
        await ContactAsync(_caller, ("email", email), ("zip", "1"));

        var answer = await _caller.PostAsync(
            $"{Contacts}/batch/upsert",
            new { inputs = new[] { new { id = email, idProperty = "email", properties = new { city = "Ulm" } } } });

        Assert.Equal(400, answer.Status);
        Assert.Contains("zip", answer.At("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_archive_answers_with_nothing()
    {
        var id = await CompanyAsync(_caller);

        Assert.Equal(
            204, (await _caller.PostAsync($"{Companies}/batch/archive", new { inputs = Ids(id, "999999999") })).Status);

        Assert.Equal(404, (await _caller.GetAsync($"{Companies}/{id}")).Status);
    }

    private Task<HubSpotAnswer> UpsertAsync(string key, string city)
    {
        var input = new { id = key, idProperty = "upsert_key", properties = new { firstname = "Key", city } };
        return _caller.PostAsync($"{Contacts}/batch/upsert", new { inputs = new[] { input } });
    }

    private static object Traced(string traceId, string email) =>
        new { objectWriteTraceId = traceId, properties = new { email } };

    private static object[] Ids(params string[] ids) => [.. ids.Select(id => new { id })];
}
