using HubSpotSync.Tests.Infrastructure;
using Npgsql;

namespace HubSpotSync.Tests.Data;

public sealed class CustomerSearchTests : IAsyncLifetime
{
    private CrmHost _host = null!; // xunit initialises it before the test

    public async ValueTask InitializeAsync() => _host = await CrmHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("50%", "50% off")]
    [InlineData("a_b", "a_b")]
    [InlineData(@"c\d", @"c\d")]
    [InlineData("%", "50% off")]
    [InlineData("_", "a_b")]
    [InlineData(@"\", @"c\d")]
    [InlineData("ÜNSTER", "Münster")]
    [InlineData("o'br", "O'Brien")]
    public async Task Every_character_stands_for_itself_and_parts_are_found(string wanted, string found)
    {
        foreach (var name in (string[])["50% off", "500 off", "a_b", "axb", @"c\d", "cd", "Münster", "O'Brien"])
        {
            await using var insert = new NpgsqlConnection(_host.Database.OwnerConnectionString);
            await insert.OpenAsync(TestContext.Current.CancellationToken);
            await insert.RunAsync(
                $"""
                insert into customers (id, workspace_id, last_name)
                  values (gen_random_uuid(), '{_host.WorkspaceId}', $1)
                """,
                name);
        }

        await using var session = await _host.OpenAppSessionAsync(_host.WorkspaceId);

        Assert.Equal([found], await session.ListAsync<string>(
            "select last_name from customers where id in (select id from search_customers($1))", wanted));
    }

    [Fact]
    public async Task A_search_stays_in_its_workspace()
    {
        var other = await _host.AddWorkspaceAsync();
        await _host.Database.ExecuteAsync(
            $"insert into customers (id, workspace_id, last_name) values (gen_random_uuid(), '{other}', 'Hidden')");
        await using var own = await _host.OpenAppSessionAsync(_host.WorkspaceId);
        await using var nobody = await _host.OpenAppSessionAsync(null);

        Assert.Empty(await own.ListAsync<Guid>("select id from search_customers('hidden')"));
        Assert.Empty(await nobody.ListAsync<Guid>("select id from search_customers('hidden')"));
    }

    /// <summary>By blocks touched, not by seconds: the machine is shared.</summary>
    [Fact]
    public async Task A_search_among_a_hundred_thousand_does_not_read_them_all()
    {
        await _host.Database.ExecuteAsync(
            $"""
            do $$
            declare
              index text := pg_get_indexdef('customers_search_idx'::regclass);
            begin
              drop index customers_search_idx; -- built once at the end, which is faster
              alter table customers disable trigger customers_field_clock;
              insert into customers (id, workspace_id, first_name, last_name, email)
                select gen_random_uuid(), '{_host.WorkspaceId}', 'First ' || i,
                    case i when 4711 then 'Wolpertinger' else 'Last ' || i end, i || '@many.example'
                  from generate_series(1, 100000) i;
              execute index;
            end $$;
            """);
        await _host.Database.ExecuteAsync("vacuum analyze customers");
        await using var session = await _host.OpenAppSessionAsync(_host.WorkspaceId);
        await session.ListAsync<Guid>("select id from search_customers('wolperting')"); // plans and caches are warm

        var searched = await BlocksAsync(session, "select id from search_customers('wolperting')");

        var table = await _host.Database.ScalarAsync<long>("select pg_relation_size('customers') / 8192");
        Assert.True(searched < table / 20, $"{searched} blocks for a search; the table has {table}");
    }

    private static async Task<long> BlocksAsync(NpgsqlConnection session, string sql)
    {
        var plan = string.Join('\n', await session.ListAsync<string>($"explain (analyze, buffers, format text) {sql}"));
        return System.Text.RegularExpressions.Regex.Matches(plan, @"(?:hit|read)=(\d+)")
            .Select(match => match.Groups[1].Value)
            .Max(pages => long.Parse(pages, System.Globalization.CultureInfo.InvariantCulture));
    }
}
