using System.Net;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>From a deal to its money, by a program alone.</summary>
public sealed class InvoiceApiTests(ApiScene scene) : IClassFixture<ApiScene>
{
    private readonly ApiClient _program = scene.Program;

    [Fact]
    public async Task A_deal_is_billed_sent_paid_in_parts_and_given_back()
    {
        scene.Portal.Secrets.Add("buyer.canary@engines.example");
        var customer = ApiOperations.Id(await scene.CustomerAsync("Buyer", "buyer.canary@engines.example"));
        var deal = await scene.Portal.AddDealAsync("Engine", 1200, customerId: customer);

        var draft = await scene.CreateAsync("/api/invoices", new { dealId = deal });
        var sent = await _program.PostAsync($"{draft.Location}/send", new { }, draft.Seen());
        var invoice = ApiOperations.Id(draft);
        var part = await _program.PostAsync("/api/payments", new { invoiceId = invoice, amount = 200.25m });
        var rest = await _program.PostAsync(
            "/api/payments", new { invoiceId = invoice, amount = 999.75m, method = "Card" });
        var back = await _program.PostAsync("/api/payments", new { invoiceId = invoice, amount = 50, kind = "Refund" });

        Assert.Equal(("Draft", 1200m, customer), (
            State(draft), draft.Json.GetProperty("total").GetDecimal(),
            draft.Json.GetProperty("customerId").GetGuid()));
        Assert.Equal("Sent", State(sent));
        Assert.StartsWith("INV-00", sent.Value("number"), StringComparison.Ordinal);
        Assert.All([part, rest, back], paid => Assert.Equal(HttpStatusCode.Created, paid.Status));
        var read = await _program.GetAsync($"/api/invoices/{invoice}");
        Assert.Equal(("PartlyPaid", 50m), (State(read), read.Json.GetProperty("balance").GetDecimal()));
        Assert.Equal(3, (await _program.GetAsync($"/api/payments?invoice={invoice}")).Data().GetArrayLength());
        Assert.Equal([invoice], (await _program.GetAsync("/api/invoices?state=partlypaid")).Ids());
    }

    [Fact]
    public async Task A_deal_is_billed_once_unless_it_is_meant()
    {
        var deal = await scene.DealAsync();
        var body = new { dealId = deal, buyer = new { name = "Engines Ltd" } };
        var first = await scene.CreateAsync("/api/invoices", body);

        var second = await _program.PostAsync("/api/invoices", body);
        var meant = await _program.PostAsync("/api/invoices", new { dealId = deal, confirmDuplicate = true });

        Assert.Equal((HttpStatusCode.Conflict, ApiOperations.Id(first)), (
            second.Status, second.Json.GetProperty("otherId").GetGuid()));
        Assert.Equal(HttpStatusCode.Created, meant.Status);
    }

    [Fact]
    public async Task Whoever_saves_a_draft_second_is_shown_both_and_what_was_sent_stays()
    {
        var draft = await scene.InvoiceAsync();
        var first = await ApiOperations.PatchAsync(scene, draft, new { notes = "Thanks", dueOn = "2031-01-31" });

        var second = await ApiOperations.PatchAsync(scene, draft, new { notes = "Hurry" });
        var blind = await _program.PostAsync($"{draft.Location}/send", new { }, draft.Seen());
        var sent = await _program.PostAsync($"{draft.Location}/send", new { }, first.Seen());
        var late = await ApiOperations.PatchAsync(scene, sent, new { notes = "No" }, draft.Location);
        var deleted = await _program.SendAsync(HttpMethod.Delete, draft.Location!, null); // creating gave one

        Assert.Equal(
            (HttpStatusCode.PreconditionFailed, HttpStatusCode.PreconditionFailed), (second.Status, blind.Status));
        var notes = second.Json.GetProperty("conflicts").GetProperty("notes");
        Assert.Equal(("Hurry", "Thanks"), (RecordApiTests.Text(notes, "yours"), RecordApiTests.Text(notes, "theirs")));
        Assert.Equal("Sent", State(sent));
        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (late.Status, deleted.Status));
    }

    [Fact]
    public async Task What_can_not_be_billed_or_booked_is_said_by_its_field()
    {
        var bad = await _program.PostAsync("/api/invoices", new
        {
            currency = "XXQ",
            buyer = new { name = "A", email = "none" },
            lines = new[] { new { description = "Work", unitPrice = 1.23456m, quantity = 0m } },
        });
        var far = await _program.PostAsync("/api/invoices", new { issuedOn = "9999-12-31" });
        var invoice = ApiOperations.Id(await scene.SentInvoiceAsync(10));
        var fine = await _program.PostAsync("/api/payments", new { invoiceId = invoice, amount = 0.001m });
        var much = await _program.PostAsync("/api/payments", new { invoiceId = invoice, amount = 11 });
        var future = await _program.PostAsync(
            "/api/payments", new { invoiceId = invoice, amount = 1, paidOn = "2999-01-01" });

        Assert.Equal(["buyer.email", "currency", "lines[0].quantity", "lines[0].unitPrice"], bad.Errors());
        Assert.Equal(["issuedOn"], far.Errors());
        Assert.Equal(["amount"], fine.Errors());
        Assert.Equal(["amount"], much.Errors());
        Assert.Equal(["paidOn"], future.Errors());
    }

    [Fact]
    public async Task Deals_and_pipelines_are_read_as_HubSpot_has_them()
    {
        var deal = await scene.DealAsync();
        await scene.Portal.Database.ExecuteAsync($"update deals set pipeline_id = 'default' where id = '{deal}'");

        var read = (await _program.GetAsync($"/api/deals/{deal}")).Json;
        var pipelines = (await _program.GetAsync("/api/pipelines")).Data();

        Assert.Equal(("Won", "Won", 1200m), (
            read.GetProperty("stage").GetString(), read.GetProperty("state").GetString(),
            read.GetProperty("amount").GetDecimal()));
        Assert.Equal(["Open", "Won"], pipelines[0].GetProperty("stages").EnumerateArray()
            .Select(stage => stage.GetProperty("label").GetString()));
        Assert.Contains(deal, (await _program.GetAsync("/api/deals?pipeline=default&stage=won")).Ids());
        Assert.Empty((await _program.GetAsync("/api/deals?stage=open")).Ids());
    }

    private static string? State(PageAnswer answer) => answer.Json.GetProperty("state").GetString();
}
