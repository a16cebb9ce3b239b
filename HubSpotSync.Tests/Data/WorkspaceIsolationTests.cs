using System.Reflection;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.Tests.Builders;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HubSpotSync.Tests.Data;

/// <summary>Whatever is asked in the name of one workspace, nothing of another is read, changed or made.</summary>
public sealed class WorkspaceIsolationTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Statements = 3_000;
    private const string Denied = "42501";
    private static readonly string[] Refusals = [Denied, "42601", "23505", "23503", "428C9"]; // never "done"

    private TwoTenants _tenants = null!; // xunit initialises it before the test

    private TestDatabase Database => _tenants.Host.Database;

    public async ValueTask InitializeAsync() => _tenants = await TwoTenants.StartAsync();

    public ValueTask DisposeAsync() => _tenants.DisposeAsync();

    [Fact]
    public async Task Random_statements_of_one_workspace_touch_no_row_of_another()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var targets = new List<Target>();
        foreach (var table in await TenantTables.ListAsync(Database))
        {
            targets.Add(new Target(
                table,
                await table.RowsAsync(Database, _tenants.Other),
                [.. await table.PlacesAsync(Database, _tenants.Other)]));
        }

        Assert.All(targets, target => Assert.NotEmpty(target.Rows)); // a new table has to be filled in TwoTenants
        await using var session = await _tenants.Host.OpenAppSessionAsync(_tenants.Own);
        for (var i = 0; i < Statements; i++)
        {
            var target = targets[random.Next(targets.Count)];
            await TryAsync(session, target, random);
        }

        foreach (var target in targets)
        {
            Assert.Equal(target.Rows, await target.Table.RowsAsync(Database, _tenants.Other));
            // The statements had something of their own.
            Assert.NotEmpty(await target.Table.RowsAsync(Database, _tenants.Own));
        }
    }

    [Fact]
    public async Task No_entity_shows_rows_of_another_workspace_even_without_its_filters()
    {
        var entities = await _tenants.Host.QueryAsync(async db =>
        {
            var seen = new List<(string Entity, int Own, int Foreign)>();
            foreach (var type in db.Model.GetEntityTypes().Where(type => type.FindProperty("WorkspaceId") is not null))
            {
                var rows = await ReadAsync(db, type.ClrType);
                seen.Add((
                    type.ClrType.Name,
                    rows.Count(row => row == _tenants.Own),
                    rows.Count(row => row != _tenants.Own)));
            }

            return seen;
        });

        Assert.All(
            entities,
            entity => Assert.Equal((entity.Entity, true, 0), (entity.Entity, entity.Own > 0, entity.Foreign)));
        Assert.True(entities.Count >= 16);
    }

    [Fact]
    public async Task Every_entity_of_a_workspace_has_a_filter_of_its_own_too() => Assert.Empty(
        await _tenants.Host.QueryAsync(db => Task.FromResult(db.Model.GetEntityTypes()
            .Where(type => type.FindProperty("WorkspaceId") is not null && type.GetDeclaredQueryFilters().Count == 0)
            .Select(type => type.ClrType.Name).ToList())));

    [Fact]
    public async Task A_row_for_another_workspace_is_refused_through_the_context_as_well()
    {
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => _tenants.Host.QueryAsync(db =>
        {
            db.Customers.Add(A.Customer(_tenants.Other, "planted@x.example"));
            return db.SaveChangesAsync();
        }));

        Assert.Equal(Denied, Assert.IsType<PostgresException>(refused.InnerException).SqlState);
    }

    [Fact]
    public async Task A_row_of_another_workspace_can_not_be_updated_through_the_context()
    {
        var theirs = await _tenants.Host.InAsync(
            _tenants.Other, (_, db) => db.Customers.AsNoTracking().SingleAsync(one => one.Email != null));

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => _tenants.Host.QueryAsync(db =>
        {
            db.Customers.Attach(theirs);
            theirs.City = "Changed";
            return db.SaveChangesAsync();
        }));
    }

    private async Task TryAsync(NpgsqlConnection session, Target target, Random random)
    {
        var (table, rows, places) = target;
        var all = $"select to_jsonb(t)::text from {table.Name} t";
        switch (random.Next(8))
        {
            case 0:
                Assert.DoesNotContain(await session.ListAsync<string>(all), rows.Contains);
                break;
            case 1:
                Assert.Empty(await session.ListAsync<string>($"{all} where t.ctid::text = any($1)", (object)places));
                break;
            case 2:
                var one = rows[random.Next(rows.Count)];
                Assert.Empty(await session.ListAsync<string>($"{all} where to_jsonb(t)::text = $1", one));
                break;
            case 3:
                var set = OneColumn(table, random);
                await TouchNothingAsync(
                    session, $"update {table.Name} t set {set} where t.ctid::text = any($1)", places);
                break;
            case 4:
                await TouchNothingAsync(session, $"delete from {table.Name} t where t.ctid::text = any($1)", places);
                break;
            case 5:
                Assert.Equal(Denied, await session.RefusalAsync(table.InsertFrom(rows)));
                break;
            case 6: // giving one's own rows away
                Assert.Contains(await session.RefusalAsync(GiveAway(table, rows[0])), Refusals);
                break;
            default:
                var insert = $"{table.InsertFrom(rows)} on conflict do nothing";
                Assert.Contains(await session.RefusalAsync(insert), Refusals);
                break;
        }
    }

    private string GiveAway(TenantTable table, string row)
    {
        if (table.Tenant.StartsWith("t.", StringComparison.Ordinal))
        {
            var column = table.Tenant == "t.id" ? "id" : "workspace_id";
            return $"update {table.Name} set {column} = '{_tenants.Other}'";
        }

        return $"""
            update {table.Name} set user_id =
              (select (u ->> 'user_id')::uuid from jsonb_array_elements('[{row}]') u)
            """;
    }

    private static async Task TouchNothingAsync(NpgsqlConnection session, string sql, string[] places)
    {
        try
        {
            Assert.Equal(0, await session.RunAsync(sql, (object)places));
        }
        catch (PostgresException refused)
        {
            Assert.Contains(refused.SqlState, Refusals); // history, for one, takes no updates at all
        }
    }

    private static string OneColumn(TenantTable table, Random random)
    {
        var columns = table.Columns.Split(", ");
        var column = columns[random.Next(columns.Length)];
        return $"{column} = t.{column}";
    }

    private static async Task<List<Guid>> ReadAsync(CrmDbContext db, Type entity)
    {
        const BindingFlags Ours = BindingFlags.NonPublic | BindingFlags.Static;
        var read = typeof(WorkspaceIsolationTests).GetMethod(nameof(WorkspacesOfAsync), Ours)!; // below
        return await (Task<List<Guid>>)read.MakeGenericMethod(entity).Invoke(null, [db])!; // returns a task
    }

    private static Task<List<Guid>> WorkspacesOfAsync<TEntity>(CrmDbContext db)
        where TEntity : class =>
        db.Set<TEntity>()
            .IgnoreQueryFilters()
            .Select(row => EF.Property<Guid>(row, nameof(Customer.WorkspaceId)))
            .ToListAsync();

    private sealed record Target(TenantTable Table, List<string> Rows, string[] Places);
}
