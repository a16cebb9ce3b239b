using System.Net;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>The same request twice is the same as once.</summary>
public sealed class IdempotencyTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private const string Header = "Idempotency-Key";
    private readonly ApiClient _program = scene.Program;

    [Fact]
    public async Task Two_at_once_make_one_customer_and_get_one_answer()
    {
        for (var round = 0; round < 5; round++)
        {
            var name = $"Race {round}";
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAsync(
                "/api/customers", new { fields = new { first_name = name } }, $"race-{round}")));

            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.Status));
            Assert.Single(answers.Select(answer => answer.Text).Distinct());
            Assert.Single(answers.Select(answer => (answer.Location, answer.Header("ETag"))).Distinct());
            Assert.Equal(3, answers.Count(answer => answer.Header("Idempotency-Replayed") == "true"));
            Assert.Equal(1, await CountAsync($"customers where first_name = '{name}'"));
            Assert.Equal(1, await CountAsync(
                $"activities a join customers c on c.id = a.customer_id where c.first_name = '{name}'"));
        }
    }

    [Fact]
    public async Task Money_sent_twice_is_booked_once()
    {
        var invoice = ApiOperations.Id(await scene.SentInvoiceAsync(100));
        var body = new { invoiceId = invoice, amount = 30.50m, reference = "T-1" };

        var answers = await Task.WhenAll(
            PostAsync("/api/payments", body, "pay"), PostAsync("/api/payments", body, "pay"));
        var later = await PostAsync("/api/payments", body, "pay");

        Assert.Equal(HttpStatusCode.Created, later.Status);
        Assert.Single(answers.Append(later).Select(answer => answer.Text).Distinct());
        var read = await _program.GetAsync($"/api/invoices/{invoice}");
        Assert.Equal(("PartlyPaid", 69.50m), (
            read.Json.GetProperty("state").GetString(), read.Json.GetProperty("balance").GetDecimal()));
    }

    [Fact]
    public async Task Another_request_with_the_same_key_is_refused()
    {
        var body = new { fields = new { first_name = "One" } };
        var first = await PostAsync("/api/customers", body, "used");
        using var neighbour = await scene.Portal.ProgramAsync();

        var other = await PostAsync("/api/customers", new { fields = new { first_name = "Two" } }, "used");
        var elsewhere = await PostAsync("/api/companies", body, "used");
        var theirs = await neighbour.PostAsync("/api/customers", body, (Header, "used")); // keys are each program's own

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Equal("idempotency_key_reused", other.Code());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, elsewhere.Status);
        Assert.Equal(HttpStatusCode.Created, theirs.Status);
        Assert.NotEqual(first.Location, theirs.Location);
        Assert.Equal(0, await CountAsync("customers where first_name = 'Two'"));
    }

    [Fact]
    public async Task What_was_refused_may_be_corrected_under_the_same_key()
    {
        var refused = await PostAsync("/api/customers", new { fields = new { email = "none" } }, "again");
        var corrected = await PostAsync("/api/customers", new { fields = new { first_name = "Corrected" } }, "again");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(HttpStatusCode.Created, corrected.Status);
    }

    [Fact]
    public async Task A_change_sent_again_after_its_answer_was_lost_is_no_conflict()
    {
        var made = await scene.CustomerAsync("Changed");
        (string, string)[] headers = [made.Seen(), (Header, "change")];
        var body = new { fields = new { city = "Oslo" } };

        var first = await _program.PatchAsync(made.Location!, body, headers);
        var again = await _program.PatchAsync(made.Location!, body, headers);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, again.Status));
        Assert.Equal((first.Text, first.Header("ETag")), (again.Text, again.Header("ETag")));
    }

    [Fact]
    public async Task Each_kind_of_work_joins_the_transaction_of_its_answer()
    {
        var draft = await scene.InvoiceAsync();
        var send = await _program.PostAsync(
            $"{draft.Location}/send", new { }, draft.Seen(), (Header, "send"));
        var gone = await PostAsync($"{draft.Location}/void", new { reason = "Twice" }, "void");
        var sync = await PostAsync("/api/hubspot/sync", new { }, "sync");
        var search = await PostAsync("/api/hubspot/duplicates/search", new { }, "search");
        var settings = await _program.GetAsync("/api/hubspot/settings");
        var saved = await _program.PatchAsync(
            "/api/hubspot/settings", new { deals = false },
            settings.Seen(), (Header, "settings"));

        PageAnswer[] all = [send, gone, sync, search, saved];
        Assert.Equal([200, 200, 202, 200, 200], all.Select(one => (int)one.Status));
        Assert.Equal(5, await CountAsync(
            "api_answers where idempotency_key in ('send', 'void', 'sync', 'search', 'settings') and status >= 200"));
        Assert.Equal("Void", (await _program.GetAsync(draft.Location!)).Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Who_is_erased_is_erased_from_kept_answers()
    {
        scene.Portal.Secrets.Add("gone.canary@example.com");
        var body = new { fields = new { email = "gone.canary@example.com" } };
        var made = await PostAsync("/api/customers", body, "erase");
        await scene.Portal.Database.ExecuteAsync(
            $"update customers set erased_at = now(), email = null where id = '{ApiOperations.Id(made)}'");

        var again = await PostAsync("/api/customers", body, "erase");

        Assert.Equal(HttpStatusCode.Gone, again.Status);
        Assert.Equal(0, await CountAsync("api_answers where body like '%gone.canary%'"));
    }

    [Fact]
    public async Task Answers_are_kept_for_a_day()
    {
        await PostAsync("/api/customers", new { fields = new { first_name = "Old" } }, "old");
        await PostAsync("/api/customers", new { fields = new { first_name = "New" } }, "new");
        await scene.Portal.Database.ExecuteAsync(
            "update api_answers set created_at = now() - interval '25 hours' where idempotency_key = 'old'");

        await scene.Portal.Database.ExecuteAsync("select forget_old_answers()");

        Assert.Equal(1, await CountAsync("api_answers where idempotency_key in ('old', 'new')"));
    }

    private Task<PageAnswer> PostAsync(string path, object body, string key) =>
        _program.PostAsync(path, body, (Header, key));

    private Task<long> CountAsync(string from) =>
        scene.Portal.Database.ScalarAsync<long>($"select count(*) from {from}");
}
