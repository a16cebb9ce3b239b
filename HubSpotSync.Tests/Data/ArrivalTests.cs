using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.Data;

/// <summary>A record that comes with its company: written after it, it would be in each of its indexes twice.</summary>
public sealed class ArrivalTests : IAsyncLifetime
{
    private const string Worker = "this worker";
    private const int Company = 7;

    private CrmHost _host = null!; // xunit initialises it before the test

    public async ValueTask InitializeAsync() => _host = await CrmHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(RecordKind.Contact)]
    [InlineData(RecordKind.Deal)]
    public async Task Who_comes_with_a_company_is_written_once(RecordKind kind)
    {
        var table = RecordTable.Of(kind == RecordKind.Contact ? StandardFields.Contacts : StandardFields.Deals);
        var connection = await SyncRows.AddConnectionAsync(_host.Database, _host.WorkspaceId);
        var run = await SyncRows.AddRunAsync(_host.Database, _host.WorkspaceId, connection);
        await _host.Database.ExecuteAsync(
            $$"""
            update sync_runs set state = 'Running', lease_owner = '{{Worker}}';
            with company as (insert into companies (id, workspace_id, name)
              values (gen_random_uuid(), '{{_host.WorkspaceId}}', 'Acme') returning id)
            insert into record_links (connection_id, kind, hubspot_id, workspace_id, local_id, ancestor)
              select '{{connection}}', 'Company', {{Company}}, '{{_host.WorkspaceId}}', id, '{}' from company;
            create function refuses() returns trigger language plpgsql as
              $$ begin raise exception 'It is written twice.'; end $$;
            create trigger refuses before update on {{table.Name}} for each row execute function refuses()
            """);

        await _host.QueryAsync(db => new PageWriter(db).WriteAsync(
            connection,
            table,
            [Coming(table)],
            new PageProgress(run, Worker, 0, TimeSpan.FromMinutes(1), RunStep.Contacts, "next", false),
            false,
            Task.CompletedTask,
            TestContext.Current.CancellationToken));

        Assert.Equal(1, await _host.Database.ScalarAsync<long>(
            $"select count(*) from {table.Name} r join companies c on c.id = r.company_id and c.name = 'Acme'"));
    }

    private static PageRow Coming(RecordTable table)
    {
        var blank = ImmutableArray.CreateRange(new string?[table.Map.Fields.Length]);
        return new PageRow
        {
            HubSpotId = 1,
            LocalId = Guid.CreateVersion7(),
            Write = LocalWrite.Create,
            IsNewLink = true,
            Values = blank,
            Ancestor = blank,
            KnowsCompany = true,
            CompanyHubSpotId = Company,
            State = OutcomeState.InSync,
            Reason = OutcomeReason.Agreed,
        };
    }
}
