using HubSpotSync.Core.Fields;
using HubSpotSync.Data;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Data;

public sealed class PageReadTests : IAsyncLifetime
{
    private const int Customers = 20_000;
    private static readonly string[] Emails = ["7@many.example", "8@MANY.example", "nobody@many.example"];

    private CrmHost _host = null!; // xunit initialises it before the test

    public async ValueTask InitializeAsync() => _host = await CrmHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>By rows read, not by seconds: a page must cost the same however many customers there are.</summary>
    [Fact]
    public async Task A_page_finds_its_customers_by_index_under_the_policies()
    {
        await FillAsync();

        var (found, scanned) = await _host.QueryAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var rows = await new LocalRecords(db, TimeProvider.System).ReadForPageAsync(
                Guid.NewGuid(),
                RecordTable.Of(StandardFields.Contacts),
                new PageKeys([1, 2, 3])
                {
                    Addresses =
                    [
                        .. Emails.Select(email => FieldValue.Normalize(FieldType.Email, email)!), // none is blank
                    ],
                    OwnIds = [Guid.NewGuid()],
                    UniqueField = "customer_number",
                    UniqueValues = ["C-1"],
                },
                TestContext.Current.CancellationToken);
            return (rows.Count, await RowsScannedAsync(db));
        });

        Assert.Equal(2, found);
        Assert.True(scanned < Customers / 20, $"{scanned} of {Customers} rows were read");
    }

    private static Task<long> RowsScannedAsync(CrmDbContext db) => db.Database
        .SqlQuery<long>($"""select pg_stat_get_xact_tuples_returned('customers'::regclass) as "Value" """)
        .SingleAsync();

    private async Task FillAsync()
    {
        await _host.Database.ExecuteAsync(
            $"""
            insert into customers (id, workspace_id, last_name, email)
              select gen_random_uuid(), '{_host.WorkspaceId}', 'Last ' || i, i || '@Many.example'
                from generate_series(1, {Customers}) i;
            """);
        await _host.Database.ExecuteAsync("analyze customers");
    }
}
