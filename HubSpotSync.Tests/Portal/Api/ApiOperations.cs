using System.Net;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>An operation of the OpenAPI document, and a call of it that is as it should be.</summary>
internal sealed record ApiOperation(string Id, int Status, Func<ApiScene, Task<PageAnswer>> CallAsync);

/// <summary>Every operation; one of the document that is not in here fails a test.</summary>
internal static class ApiOperations
{
    private const string HubSpot = "/api/hubspot";

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        .. Records("customers", "Customer", "listCustomers", new { fields = new { first_name = "Ada" } }),
        .. Records("companies", "Company", "listCompanies", new { fields = new { name = "Engines" } }),
        new("listTags", 200, scene => scene.Program.GetAsync("/api/tags")),
        new("listDeals", 200, scene => scene.Program.GetAsync("/api/deals")),
        new("getDeal", 200, async scene => await scene.Program.GetAsync($"/api/deals/{await scene.DealAsync()}")),
        new("listPipelines", 200, scene => scene.Program.GetAsync("/api/pipelines")),
        new("listInvoices", 200, scene => scene.Program.GetAsync("/api/invoices")),
        new("createInvoice", 201, scene => scene.InvoiceAsync()),
        new("getInvoice", 200, async scene => await scene.Program.GetAsync((await scene.InvoiceAsync()).Location!)),
        new("updateInvoice", 200, async scene =>
            await PatchAsync(scene, await scene.InvoiceAsync(), new { notes = "Thank you" })),
        new("deleteInvoice", 204, async scene =>
            await scene.Program.SendAsync(HttpMethod.Delete, (await scene.InvoiceAsync()).Location!, null)),
        new("sendInvoice", 200, scene => scene.SentInvoiceAsync()),
        new("voidInvoice", 200, async scene => await scene.Program.PostAsync(
            $"/api/invoices/{Id(await scene.SentInvoiceAsync())}/void", new { reason = "Sent twice" })),
        new("listPayments", 200, scene => scene.Program.GetAsync("/api/payments")),
        new("recordPayment", 201, PayAsync),
        new("getPayment", 200, async scene => await scene.Program.GetAsync((await PayAsync(scene)).Location!)),
        new("getStatus", 200, scene => scene.Program.GetAsync($"{HubSpot}/status")),
        new("getAuthUrl", 200, scene => scene.Program.GetAsync($"{HubSpot}/auth/url?mode=TwoWay")),
        new("getSettings", 200, scene => scene.Program.GetAsync($"{HubSpot}/settings")),
        new("updateSettings", 200, async scene => await PatchAsync(
            scene, await scene.Program.GetAsync($"{HubSpot}/settings"), new { schedule = "0 30 3 * * ?" },
            $"{HubSpot}/settings")),
        new("sync", 202, scene => scene.Program.PostAsync($"{HubSpot}/sync", new { depth = "Full" })),
        new("listRuns", 200, scene => scene.Program.GetAsync($"{HubSpot}/runs")),
        new("getRun", 200, scene => scene.Program.GetAsync($"{HubSpot}/runs/{scene.Run}")),
        new("watchRun", 200, scene => scene.Program.GetAsync($"{HubSpot}/runs/{scene.Run}/events")),
        new("listDuplicates", 200, scene => scene.Program.GetAsync($"{HubSpot}/duplicates")),
        new("answerDuplicate", 204, async scene => await scene.Program.PostAsync($"{HubSpot}/duplicates", new
        {
            firstId = Id(await scene.CustomerAsync()),
            secondId = Id(await scene.CustomerAsync()),
            answer = "Distinct",
        })),
        new("searchDuplicates", 200, scene => scene.Program.PostAsync($"{HubSpot}/duplicates/search")),
        .. Webhooks(),
        new("disconnect", 202, scene => scene.Program.PostAsync($"{HubSpot}/disconnect")),
    ];

    public static Guid Id(PageAnswer answer) => answer.Json.GetProperty("id").GetGuid();

    public static Task<PageAnswer> PatchAsync(
        ApiScene scene, PageAnswer seen, object change, string? path = null) =>
        scene.Program.PatchAsync(path ?? seen.Location!, change, seen.Seen());

    private static IEnumerable<ApiOperation> Records(string path, string name, string list, object record)
    {
        var root = $"/api/{path}";
        return
        [
            new(list, 200, scene => scene.Program.GetAsync(root)),
            new($"create{name}", 201, scene => scene.CreateAsync(root, record)),
            new($"get{name}", 200, async scene =>
                await scene.Program.GetAsync((await scene.CreateAsync(root, record)).Location!)),
            new($"update{name}", 200, async scene => await PatchAsync(
                scene, await scene.CreateAsync(root, record), new { fields = new { city = "London" } })),
            new($"archive{name}", 200, async scene => await scene.Program.PostAsync(
                $"{(await scene.CreateAsync(root, record)).Location}/archive")),
            new($"restore{name}", 200, async scene => await scene.Program.PostAsync(
                $"{(await scene.CreateAsync(root, record)).Location}/restore")),
            new($"tag{name}", 200, async scene => await scene.Program.PostAsync(
                $"{(await scene.CreateAsync(root, record)).Location}/tags", new { name = "Key" })),
            new($"untag{name}", 204, async scene => await scene.Program.SendAsync(
                HttpMethod.Delete,
                $"{(await scene.CreateAsync(root, record)).Location}/tags/{EndpointTable.Nobody}",
                null)),
            new($"start{name}Bulk", 202, scene => TagManyAsync(scene, root, record)),
            new($"get{name}Bulk", 200, async scene =>
                await scene.Program.GetAsync((await TagManyAsync(scene, root, record)).Location!)),
            new($"merge{name}", 200, async scene => await scene.Program.PostAsync(
                $"{(await scene.CreateAsync(root, record)).Location}/merge",
                new { with = Id(await scene.CreateAsync(root, record)) })),
        ];
    }

    private static async Task<PageAnswer> TagManyAsync(ApiScene scene, string root, object record) =>
        await scene.Program.PostAsync($"{root}/bulk", new
        {
            action = "Tag",
            ids = new[] { Id(await scene.CreateAsync(root, record)) },
            tag = "Key",
        });

    private static IEnumerable<ApiOperation> Webhooks()
    {
        const string Root = "/api/webhooks";
        return
        [
            new("listWebhooks", 200, scene => scene.Program.GetAsync(Root)),
            new("createWebhook", 201, HookAsync),
            new("getWebhook", 200, async scene => await scene.Program.GetAsync((await HookAsync(scene)).Location!)),
            new("updateWebhook", 200, async scene => await scene.Program.PatchAsync(
                (await HookAsync(scene)).Location!, new { isOn = false })),
            new("deleteWebhook", 204, async scene => await scene.Program.SendAsync(
                HttpMethod.Delete, (await HookAsync(scene)).Location!, null)),
            new("rollWebhookSecret", 200, async scene => await scene.Program.PostAsync(
                $"{(await HookAsync(scene)).Location}/secret")),
            new("testWebhook", 202, async scene => await scene.Program.PostAsync(
                $"{(await HookAsync(scene)).Location}/test")),
            new("listDeliveries", 200, async scene => await scene.Program.GetAsync(
                $"{(await HookAsync(scene)).Location}/deliveries")),
            new("redeliver", 202, async scene =>
            {
                var hook = await HookAsync(scene);
                var id = hook.Location!.Split('/')[^1];
                var delivery = Guid.NewGuid();
                await scene.Portal.Database.ExecuteAsync(
                    $"""
                    insert into webhook_deliveries (id, workspace_id, webhook_id, event_id, type, due_at)
                      select '{delivery}', workspace_id, id, gen_random_uuid(), 'webhook.test', 'infinity'
                        from outgoing_webhooks where id = '{id}'
                    """);
                return await scene.Program.PostAsync($"{hook.Location}/deliveries/{delivery}/redeliver");
            }),
        ];
    }

    private static async Task<PageAnswer> HookAsync(ApiScene scene)
    {
        var made = await scene.CreateAsync(
            "/api/webhooks", new { url = "https://localhost.invalid/hook", events = new[] { "customer.created" } });
        scene.Portal.Secrets.Add(made.Json.GetProperty("secret").GetString()!); // it is told once
        return await DeletingOthersAsync(scene, made);
    }

    // There is room for a few only.
    private static async Task<PageAnswer> DeletingOthersAsync(ApiScene scene, PageAnswer made)
    {
        var kept = made.Location!.Split('/')[^1];
        await scene.Portal.Database.ExecuteAsync($"delete from outgoing_webhooks where id <> '{kept}'");
        return made;
    }

    private static async Task<PageAnswer> PayAsync(ApiScene scene) => await scene.Program.PostAsync(
        "/api/payments", new { invoiceId = Id(await scene.SentInvoiceAsync()), amount = 40 });
}
