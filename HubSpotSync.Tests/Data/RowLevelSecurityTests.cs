using HubSpotSync.Data;
using HubSpotSync.Data.Migrations;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Data;

/// <summary>What Postgres itself says about who may see what.</summary>
public sealed class RowLevelSecurityTests : IAsyncLifetime
{
    private const string Denied = "42501";

    private TwoTenants _tenants = null!; // xunit initialises it before the test

    private TestDatabase Database => _tenants.Host.Database;

    public async ValueTask InitializeAsync() => _tenants = await TwoTenants.StartAsync();

    public ValueTask DisposeAsync() => _tenants.DisposeAsync();

    [Fact]
    public async Task Every_table_but_the_two_without_a_tenant_enables_and_forces_its_policies() => Assert.Equal(
        ["data_protection_keys", "schema_migrations"],
        await Database.ListAsync<string>(
            """
            select c.relname::text from pg_class c
              where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                and not (c.relrowsecurity and c.relforcerowsecurity
                  and exists (
                    select 1 from pg_policy p
                      where p.polrelid = c.oid and p.polqual is not null and p.polwithcheck is not null))
              order by 1
            """));

    [Fact]
    public async Task A_key_that_points_to_a_tenants_row_carries_the_tenant()
    {
        // Policies do not look at the row that a foreign key points to.
        // Users are the exception: who asked is only shown.
        var without = await Database.ListAsync<string>(
            """
            select format('%s: %s', c.conrelid::regclass, c.conname) from pg_constraint c
              join pg_attribute w on w.attrelid = c.conrelid and w.attname = 'workspace_id'
              where c.contype = 'f' and c.confrelid::regclass::text not in ('workspaces', 'users', 'pipelines')
                and not w.attnum = any (c.conkey)
            """);

        Assert.Empty(without);
    }

    [Fact]
    public async Task No_view_reads_around_the_policies() => Assert.Empty(await Database.ListAsync<string>(
        """
        select relname::text from pg_class
          where relnamespace = 'public'::regnamespace and relkind in ('v', 'm', 'f')
        """));

    [Fact]
    public async Task The_login_of_the_services_is_no_owner_and_can_not_step_around_a_policy()
    {
        var powers = await Database.ListAsync<bool>(
            $"""
            select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication
              from pg_roles where rolname = '{DatabaseMigrator.AppRole}'
            """);
        var owned = await Database.ScalarAsync<long>(
            $"select count(*) from pg_class where relowner = '{DatabaseMigrator.AppRole}'::regrole");
        var roles = await Database.ScalarAsync<long>(
            $"select count(*) from pg_auth_members where member = '{DatabaseMigrator.AppRole}'::regrole");

        Assert.Equal([false], powers);
        Assert.Equal((0, 0), (owned, roles));
    }

    [Fact]
    public async Task Without_a_workspace_no_tenant_row_is_seen_and_none_can_be_inserted()
    {
        await using var session = await _tenants.Host.OpenAppSessionAsync(null);

        foreach (var table in await TenantTables.ListAsync(Database))
        {
            Assert.Equal([0L], await session.ListAsync<long>($"select count(*) from {table.Name}"));
            var rows = await table.RowsAsync(Database, _tenants.Own);
            Assert.Equal(Denied, await session.RefusalAsync(table.InsertFrom(rows)));
        }
    }

    [Fact]
    public async Task A_context_that_entered_no_workspace_sees_nothing_even_without_its_filters()
    {
        await using var scope = _tenants.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();

        Assert.Equal(0, await db.Customers.IgnoreQueryFilters().CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await db.Users.IgnoreQueryFilters().CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await db.Workspaces.IgnoreQueryFilters().CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_pooled_context_and_its_connection_come_back_without_a_workspace()
    {
        CrmDbContext first;
        await using (var scope = _tenants.Host.Services.CreateAsyncScope())
        {
            first = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
            first.EnterWorkspace(_tenants.Own, "user:somebody");
            Assert.Equal(2, await first.Customers.CountAsync(TestContext.Current.CancellationToken));
        }

        await using var next = _tenants.Host.Services.CreateAsyncScope();
        var second = next.ServiceProvider.GetRequiredService<CrmDbContext>();
        var setting = await second.Database
            .SqlQuery<string>(
                $"""
                select coalesce(current_setting('app.workspace_id', true), '')
                    || coalesce(current_setting('app.actor', true), '') as "Value"
                """)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Same(first, second); // or the test would prove nothing
        Assert.Equal((Guid.Empty, ""), (second.WorkspaceId, second.Actor));
        Assert.Equal([""], setting);
        second.EnterWorkspace(_tenants.Other, "user:other");
        Assert.Equal([_tenants.Other], await second.Customers.IgnoreQueryFilters()
            .Select(one => one.WorkspaceId).Distinct()
            .ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_context_can_not_change_its_workspace()
    {
        using var scope = _tenants.Host.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        db.EnterWorkspace(_tenants.Own, "test");

        Assert.Throws<InvalidOperationException>(() => db.EnterWorkspace(_tenants.Other, "test"));
    }

    [Theory]
    [InlineData("record_changes")]
    [InlineData("audit_log")]
    [InlineData("field_conflicts")]
    [InlineData("payments", "recorded_at")]
    public async Task History_is_written_once(string table, string column = "at")
    {
        await using var session = await _tenants.Host.OpenAppSessionAsync(_tenants.Own);

        Assert.Equal(Denied, await session.RefusalAsync($"update {table} set {column} = now()"));
        Assert.Equal(Denied, await session.RefusalAsync($"delete from {table}"));
        Assert.Equal(Denied, await session.RefusalAsync($"truncate {table}"));
        Assert.Equal([1L], await session.ListAsync<long>($"select count(*) from {table}"));
    }

    [Fact]
    public async Task What_runs_with_the_owners_rights_answers_with_ids_numbers_and_times_only()
    {
        string[] harmless = ["uuid", "bigint", "integer", "boolean", "timestamp with time zone", "trigger", "void"];

        var types = await Database.ListAsync<string>(
            """
            select distinct p.proname || ': ' || format_type(t.type, null) from pg_proc p
              cross join lateral unnest(
                case when p.proallargtypes is null then array[p.prorettype]
                  else array(
                    select a.type from unnest(p.proallargtypes, p.proargmodes) a(type, mode)
                      where a.mode in ('t', 'o', 'b')) end) t(type)
              where p.pronamespace = 'public'::regnamespace and p.prosecdef
            """);

        Assert.NotEmpty(types);
        Assert.Equal(
            ["claim_sync_requests: text", "connection_health: text"], // a kind's and a state's name
            types.Where(type => !harmless.Any(good => type.EndsWith($": {good}", StringComparison.Ordinal))).Order());
    }

    [Fact]
    public async Task What_runs_with_the_owners_rights_has_a_fixed_search_path_and_is_not_for_everybody()
    {
        var open = await Database.ListAsync<string>(
            """
            select proname::text from pg_proc where pronamespace = 'public'::regnamespace
              and (has_function_privilege('public', oid, 'execute')
                or (prosecdef and proconfig[1] is distinct from 'search_path=public, pg_temp'))
            """);
        var refused = await Database.ListAsync<string>(
            $"""
            select proname::text from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
              and prorettype <> 'trigger'::regtype -- nobody calls those
              and not has_function_privilege('{DatabaseMigrator.AppRole}', oid, 'execute')
            """);

        Assert.Empty(open);
        Assert.Empty(refused);
    }
}
