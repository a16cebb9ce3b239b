using HubSpotSync.Data.Migrations;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HubSpotSync.Tests.Data;

public sealed class DatabaseMigratorTests
{
    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        var database = await TestDatabase.CreateAsync();
        var before = await SchemaAsync(database);

        Assert.Equal(0, await MigrateAsync(database));
        Assert.Equal(before, await SchemaAsync(database));
    }

    [Fact]
    public async Task Two_at_once_apply_each_file_once()
    {
        var database = await EmptyAsync("migrated_by_two");

        var applied = await Task.WhenAll(MigrateAsync(database), MigrateAsync(database), MigrateAsync(database));

        var files = await database.ScalarAsync<long>("select count(*) from schema_migrations");
        Assert.Equal([0, 0, (int)files], applied.Order());
        Assert.Equal(1, await database.ScalarAsync<long>("select count(*) from workspaces"));
    }

    [Fact]
    public async Task A_file_that_changed_after_it_was_applied_is_refused_by_name()
    {
        var database = await TestDatabase.CreateAsync();
        await database.ExecuteAsync(
            "update schema_migrations set checksum = 'another' where name = '0001_initial.sql'");

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => MigrateAsync(database));

        Assert.Contains("0001_initial.sql", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>On a server of its own: a login is not part of a database, and the other tests use theirs.</summary>
    [Fact]
    public async Task A_new_password_for_the_services_takes_effect_and_ends_the_old_one()
    {
        const string Odd = "it's a \"new\" p\\assword; --";
        await using var server = await HubSpotSync.LocalStack.Servers.PostgresServer.StartAsync(
            Servers.Folder("postgres"), TestContext.Current.CancellationToken);
        var database = await TestDatabase.CreateOnAsync(server);
        Assert.True(await CanSignInAsync(database, TestDatabase.AppPassword));

        await MigrateAsync(database, Odd);

        Assert.True(await CanSignInAsync(database, Odd));
        Assert.False(await CanSignInAsync(database, TestDatabase.AppPassword));
    }

    private static async Task<bool> CanSignInAsync(TestDatabase database, string password)
    {
        var login = new NpgsqlConnectionStringBuilder(database.AppConnectionString)
        {
            Password = password,
            Pooling = false,
        };
        try
        {
            await TestDatabase.ExecuteAsync(login.ConnectionString, "select 1");
            return true;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            return false;
        }
    }

    private static async Task<TestDatabase> EmptyAsync(string name)
    {
        var server = await Servers.PostgresAsync();
        await server.CreateDatabaseAsync(name, TestContext.Current.CancellationToken);
        return new TestDatabase(server.ConnectionStringFor(name), "");
    }

    private static Task<int> MigrateAsync(TestDatabase database, string password = TestDatabase.AppPassword) =>
        new DatabaseMigrator(database.OwnerConnectionString, password, NullLogger<DatabaseMigrator>.Instance)
            .MigrateAsync(TestContext.Current.CancellationToken);

    private static Task<List<string>> SchemaAsync(TestDatabase database) => database.ListAsync<string>(
        """
        select concat_ws(' ', c.relname, c.relkind, c.relacl, c.oid, c.xmin) from pg_class c
          where c.relnamespace = 'public'::regnamespace
        union all select concat_ws(' ', name, checksum, applied_at) from schema_migrations
        order by 1
        """);
}
