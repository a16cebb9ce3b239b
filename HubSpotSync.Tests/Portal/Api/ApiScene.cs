using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>A connected workspace with something of everything, and a program that may do all.</summary>
public sealed class ApiScene : IAsyncLifetime
{
    public PortalHost Portal { get; private set; } = null!; // set before the first test

    public ApiClient Program { get; private set; } = null!; // likewise

    public Guid Connection { get; private set; }

    public Guid Run { get; private set; }

    /// <summary>Of another company on the same installation.</summary>
    public Guid Elsewhere { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Portal = await PortalHost.StartAsync(("RateLimits:RequestsPerKey", "1000000"));
        await Portal.AddUserOfEachRoleAsync();
        Connection = await Portal.AddConnectionAsync();
        Elsewhere = await Portal.AddWorkspaceAsync("Elsewhere");
        await Portal.Database.ExecuteAsync(
            $"""
            update hubspot_connections set first_run_done_at = now(), lifecycle_stages = array['customer'],
              scopes = array['crm.objects.contacts.write'];
            insert into pipelines values ('{Connection}', 'default', '{Portal.WorkspaceId}', 'Sales', 0);
            insert into stages values
              ('{Connection}', 'default', 'open', '{Portal.WorkspaceId}', 'Open', 0, false, 0.1),
              ('{Connection}', 'default', 'won', '{Portal.WorkspaceId}', 'Won', 1, true, 1);
            """);
        Run = await Portal.AddRunAsync(Connection, RunState.Done, 10, 10);
        Program = await Portal.ProgramAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Program.Dispose();
        await Portal.DisposeAsync();
    }

    public async Task<PageAnswer> CreateAsync(string path, object body)
    {
        var answer = await Program.PostAsync(path, body);
        Assert.True((int)answer.Status == 201, $"{answer}: {answer.Text}");
        return answer;
    }

    public Task<PageAnswer> CustomerAsync(string first = "Ada", string? email = null) =>
        CreateAsync("/api/customers", new { fields = new { first_name = first, email } });

    public Task<PageAnswer> InvoiceAsync(decimal price = 100) => CreateAsync("/api/invoices", new
    {
        buyer = new { name = "Engines Ltd" },
        lines = new[] { new { description = "Work done", unitPrice = price, taxRate = 0 } },
    });

    /// <summary>An invoice that waits for its money.</summary>
    public async Task<PageAnswer> SentInvoiceAsync(decimal price = 100)
    {
        var draft = await InvoiceAsync(price);
        return await Program.PostAsync($"{draft.Location}/send", new { }, draft.Seen());
    }

    public Task<Guid> DealAsync() => Portal.AddDealAsync("Engine", 1200);
}
