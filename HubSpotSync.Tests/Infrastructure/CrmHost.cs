using HubSpotSync.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace HubSpotSync.Tests.Infrastructure;

/// <summary>
/// The data layer as the services register it, on a database of one's own, with no service around it.
/// </summary>
public sealed class CrmHost : IAsyncDisposable
{
    public const string Secret = "a-secret-of-tests-that-is-long-enough";

    private readonly IHost _host;
    private bool _ownsDatabase;

    private CrmHost(IHost host, TestDatabase database, Guid workspaceId) =>
        (_host, Database, WorkspaceId) = (host, database, workspaceId);

    public TestDatabase Database { get; }

    /// <summary>The workspace that every new database has.</summary>
    public Guid WorkspaceId { get; }

    public IServiceProvider Services => _host.Services;

    public static async Task<CrmHost> StartAsync()
    {
        var host = await StartOnAsync(await TestDatabase.CreateAsync());
        host._ownsDatabase = true;
        return host;
    }

    public static async Task<CrmHost> StartOnAsync(TestDatabase database, string secret = Secret)
    {
        ArgumentNullException.ThrowIfNull(database);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:crm"] = database.AppConnectionString,
            ["KeyRing:Secret"] = secret,
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddPostgres<CrmDbContext>("crm");
        builder.Services.AddCrmData(builder.Configuration);
        var workspace = await database.ScalarAsync<Guid>("select id from workspaces order by created_at limit 1");
        return new CrmHost(builder.Build(), database, workspace);
    }

    public async Task<T> InAsync<T>(Guid workspaceId, Func<IServiceProvider, CrmDbContext, Task<T>> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        db.EnterWorkspace(workspaceId, "test");
        return await act(scope.ServiceProvider, db);
    }

    public Task<T> QueryAsync<T>(Func<CrmDbContext, Task<T>> query) => InAsync(WorkspaceId, (_, db) => query(db));

    /// <summary>Another tenant, made as the schema's owner.</summary>
    public async Task<Guid> AddWorkspaceAsync()
    {
        var id = Guid.NewGuid();
        await Database.ExecuteAsync($"insert into workspaces (id, name) values ('{id}', 'Another company')");
        return id;
    }

    /// <summary>A plain session under the login of Portal and Worker, outside of EF.</summary>
    public async Task<NpgsqlConnection> OpenAppSessionAsync(Guid? workspaceId)
    {
        var connection = new NpgsqlConnection(Database.AppConnectionString);
        await connection.OpenAsync();
        if (workspaceId is { } id)
        {
            await using var enter = new NpgsqlCommand($"set app.workspace_id = '{id}'", connection);
            await enter.ExecuteNonQueryAsync();
        }

        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
        {
            await host.DisposeAsync();
        }

        await Database.EndAsync(isOver: _ownsDatabase);
    }
}
