using System.Net.Http.Json;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HubSpotSync.Tests.Schedules;

/// <summary>Workspaces of one database, each connected to an account of its own in one fake.</summary>
/// <param name="services">Of a worker, whether it runs or not.</param>
internal sealed class Tenants(
    IServiceProvider services, TestDatabase database, FakeHubSpotServer fake, NpgsqlDataSource source)
{
    public async Task<Tenant> ConnectAsync(int portalId, SyncMode mode, AccountSize size)
    {
        var workspaceId = Guid.NewGuid();
        await database.ExecuteAsync($"insert into workspaces (id, name) values ('{workspaceId}', 'Schedule')");
        await AddAccountAsync(portalId, size);
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        db.EnterWorkspace(workspaceId, "test");
        string[] scopes = [.. HubSpotScopes.Required(mode), .. HubSpotScopes.Optional(mode)];
        var tokens = fake.Services.GetRequiredService<Installations>().Install(portalId, scopes);
        var connection = await scope.ServiceProvider.GetRequiredService<ConnectionRegistry>().ConnectAsync(
            new NewConnection(portalId, $"Account {portalId}", "app.hubspot.com")
            {
                Mode = mode,
                AccessToken = tokens.AccessToken,
                RefreshToken = tokens.Installation.RefreshToken,
                ExpiresIn = TimeSpan.FromSeconds(tokens.ExpiresIn),
                Scopes = scopes,
                ConnectedBy = await SyncScenario.EnsureOwnerAsync(db),
            },
            CancellationToken.None);
        connection.LifecycleStages = SyncScenario.DefaultStages;
        await db.SaveChangesAsync();
        var account = fake.Services.GetRequiredService<FakeAccounts>().Find(portalId)!; // added just before
        return new Tenant(
            workspaceId,
            connection.Id,
            new LocalSide(source, workspaceId, connection.Id),
            new HubSpotSide(fake.Http, fake.Url, account));
    }

    private async Task AddAccountAsync(int portalId, AccountSize size)
    {
        using var body = JsonContent.Create(
            new { portalId, contacts = size.Contacts, companies = size.Companies, deals = size.Deals });
        using var answer = await fake.Http.PostAsync(new Uri(fake.Url, "/_fake/accounts"), body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}

internal sealed record Tenant(Guid WorkspaceId, Guid ConnectionId, LocalSide Local, HubSpotSide HubSpot);

/// <summary>How much an account holds at first.</summary>
internal readonly record struct AccountSize(int Contacts, int Companies, int Deals);
