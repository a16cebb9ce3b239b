using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.Data;

/// <summary>Of two who looked at a record at once, one sends what it has found out.</summary>
public sealed class SentWritesTests : IAsyncLifetime
{
    private const int Known = 7;
    private CrmHost _host = null!; // xunit initialises it before the test
    private Guid _connection;
    private Guid _customer;

    public async ValueTask InitializeAsync()
    {
        _host = await CrmHost.StartAsync();
        _connection = await SyncRows.AddConnectionAsync(_host.Database, _host.WorkspaceId);
        _customer = await _host.Database.ScalarAsync<Guid>(
            $"""
            insert into customers (id, workspace_id, email)
              values (gen_random_uuid(), '{_host.WorkspaceId}', 'a@x.example') returning id
            """);
        await _host.Database.ExecuteAsync(
            $"""
            update hubspot_connections set epoch = 3;
            insert into record_links (connection_id, kind, hubspot_id, workspace_id, local_id, ancestor)
              values ('{_connection}', 'Contact', {Known}, '{_host.WorkspaceId}', '{_customer}', '[]')
            """);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Whoever_looked_before_another_one_sent_sends_nothing()
    {
        var looked = await VersionAsync();

        var first = await NoteAsync(looked);
        var second = await NoteAsync(looked);

        Assert.Equal(await VersionAsync(), Assert.Single(first).Value);
        Assert.Empty(second);
        Assert.Equal(1, await _host.Database.ScalarAsync<long>("select count(*) from sent_writes"));
        Assert.Single(await NoteAsync(await VersionAsync())); // who looks now knows of it
    }

    [Fact]
    public async Task At_the_same_moment_one_of_many_sends()
    {
        var looked = await VersionAsync();

        var noted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => NoteAsync(looked)));

        Assert.Single(noted, sent => sent.Count == 1);
    }

    [Fact]
    public async Task Whoever_lost_the_connection_to_another_worker_may_not_send() =>
        await Assert.ThrowsAsync<FenceLostException>(async () => await NoteAsync(await VersionAsync(), epoch: 2));

    private Task<long> VersionAsync() =>
        _host.Database.ScalarAsync<long>("select xmin::text::bigint from record_links");

    private Task<IReadOnlyDictionary<Guid, long?>> NoteAsync(long version, long epoch = 3) =>
        _host.QueryAsync(db => new SentWrites(db).NoteChangesAsync(
            _connection,
            epoch,
            StandardFields.Contacts,
            [
                new NotedWrite(Guid.NewGuid(), _customer, Known, [new FieldChange(9, null, "Here")])
                {
                    LinkVersion = version,
                },
            ],
            CancellationToken.None));
}
