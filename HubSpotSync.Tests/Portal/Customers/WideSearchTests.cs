using HubSpotSync.Portal.Customers;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Portal.Customers;

/// <summary>A search that finds thousands, as for a provider of e-mail, is done otherwise than one for few.</summary>
public sealed class WideSearchTests : IAsyncLifetime
{
    private const int Few = 2_000;
    private CrmHost _host = null!; // xunit initialises it before the test

    public async ValueTask InitializeAsync() => _host = await CrmHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(Few)]
    [InlineData(Few + 1)]
    public async Task However_many_are_found_each_is_counted_and_comes_in_its_place(int customers)
    {
        await FillAsync(customers);
        var query = CustomerQuery.Parse(@"?q=50%25 \_ÜN");

        var stages = await _host.QueryAsync(db => new CustomerList(db).CountByStageAsync(query, Token));
        var first = await ReadAsync(query);
        var next = await ReadAsync(query with { Cursor = new ListCursor(first[^1].SortName!, first[^1].Id, true) });

        Assert.Equal([customers / 2, customers - (customers / 2)], stages.Select(stage => stage.Customers).Order());
        Assert.Equal(
            Enumerable.Range(1, 2 * CustomerList.PageSize).Select(i => $@"50% \_Ünique {i:00000}"),
            first.Concat(next).Select(row => row.LastName));
    }

    /// <summary>By the rows that are gone through, not by seconds.</summary>
    [Fact]
    public async Task Few_are_found_by_the_index_and_many_are_not_brought_together_first()
    {
        const int All = 10 * Few;
        await FillAsync(All);

        Assert.InRange(await GoneThroughAsync("nique 04711"), 2, 10);
        Assert.InRange(await GoneThroughAsync("nique"), All, All + (3 * Few));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<IReadOnlyList<CustomerRow>> ReadAsync(CustomerQuery query) =>
        _host.QueryAsync(async db => (await new CustomerList(db).ReadAsync(query, Token)).Rows);

    /// <returns>Rows of customers that Postgres went through to count them and for a page of them.</returns>
    private Task<long> GoneThroughAsync(string text) => _host.QueryAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(Token);
        var query = CustomerQuery.Parse($"?q={text}");
        await new CustomerList(db).CountByStageAsync(query, Token);
        await new CustomerList(db).ReadAsync(query, Token);
        return await db.Database.SqlQuery<long>(
            $"""
            select seq_tup_read + idx_tup_fetch as "Value" from pg_stat_xact_user_tables where relname = 'customers'
            """)
            .SingleAsync(Token);
    });

    private async Task FillAsync(int customers)
    {
        await _host.Database.ExecuteAsync(
            $$"""
            insert into customers (id, workspace_id, last_name, lifecycle_stage)
              select gen_random_uuid(), '{{_host.WorkspaceId}}', '50% \_Ünique ' || lpad(i::text, 5, '0'),
                  case i % 2 when 0 then 'lead' else 'customer' end
                from generate_series(1, {{customers}}) i;
            insert into customers (id, workspace_id, last_name)
              select gen_random_uuid(), '{{_host.WorkspaceId}}', name
                from unnest(array['500 \_Ünique', '50% xxÜnique', '50% \xÜnique', '50% _Ünique']) name;
            """);
        await _host.Database.ExecuteAsync("vacuum analyze customers"); // the index is up to date as well
    }
}
