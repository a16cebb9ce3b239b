using System.Collections.Immutable;
using System.Diagnostics;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HubSpotSync.Tests.Data;

/// <summary>A page is written whole or not at all.</summary>
public sealed class PageWriterTests : IAsyncLifetime
{
    private const string Worker = "this worker";
    private static readonly RecordTable Contacts = RecordTable.Of(StandardFields.Contacts);
    private static readonly string[] Touched =
    [
        "customers", "record_links", "record_outcomes", "record_changes", "field_conflicts",
        "run_checkpoints", "sync_runs",
    ];

    private CrmHost _host = null!; // xunit initialises it before the test
    private Guid _connection;
    private Guid _run;

    public async ValueTask InitializeAsync()
    {
        _host = await CrmHost.StartAsync();
        _connection = await SyncRows.AddConnectionAsync(_host.Database, _host.WorkspaceId);
        _run = await SyncRows.AddRunAsync(_host.Database, _host.WorkspaceId, _connection);
        await _host.Database.ExecuteAsync(
            $"""
            update sync_runs set state = 'Running', lease_owner = '{Worker}';
            update hubspot_connections set epoch = 3
            """);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_page_leaves_records_links_outcomes_changes_and_its_checkpoint()
    {
        Assert.Empty(await WriteAsync([Create(1), Create(2)], acceptMoved: false));

        var run = await RunAsync();
        Assert.Equal((2, 2, 0), (run.Processed, run.Created, run.Failed));
        Assert.Equal(
            (2, 2, 2, 2, 1),
            (await CountAsync("customers where source = 'hubspot'"),
                await CountAsync("record_links"),
                await CountAsync("record_outcomes"),
                await CountAsync("record_changes"),
                await CountAsync("run_checkpoints where cursor = 'next'")));
    }

    [Theory]
    [InlineData("update hubspot_connections set epoch = 4")]
    [InlineData("update sync_runs set lease_owner = 'another worker'")]
    public async Task A_page_of_a_worker_that_lost_its_run_writes_nothing(string takenOver)
    {
        await _host.Database.ExecuteAsync(takenOver);
        var before = await EverythingAsync();

        await Assert.ThrowsAsync<FenceLostException>(() => WriteAsync([Create(1)], acceptMoved: true));

        Assert.Equal(before, await EverythingAsync());
    }

    [Fact]
    public async Task A_record_that_moved_since_it_was_looked_at_stops_the_page()
    {
        var (id, version) = await AddCustomerAsync("a@x.example");
        await _host.Database.ExecuteAsync("update customers set city = 'Edited meanwhile'");
        var before = await EverythingAsync();

        var moved = await WriteAsync([Create(1), Update(id, version, 2)], acceptMoved: false);

        Assert.Equal([id], moved);
        Assert.Equal(before, await EverythingAsync());
    }

    [Fact]
    public async Task Where_moved_records_are_accepted_the_others_are_written_and_it_is_reported()
    {
        var (id, version) = await AddCustomerAsync("a@x.example");
        await _host.Database.ExecuteAsync("update customers set city = 'Edited meanwhile'");

        Assert.Empty(await WriteAsync([Create(1), Update(id, version, 2)], acceptMoved: true));

        var run = await RunAsync();
        Assert.Equal((2, 1, 0, 1), (run.Processed, run.Created, run.Updated, run.Failed));
        Assert.Equal(
            "Edited meanwhile",
            await _host.Database.ScalarAsync<string>($"select city from customers where id = '{id}'"));
        Assert.Equal(
            ["MovedMeanwhile"],
            await _host.Database.ListAsync<string>("select reason from record_outcomes where state = 'Failing'"));
        Assert.Equal((1, 1), (await CountAsync("record_links"), await CountAsync("record_changes")));
    }

    [Fact]
    public async Task An_address_that_somebody_took_meanwhile_is_no_reason_to_lose_the_page()
    {
        await AddCustomerAsync("mail1@x.example");

        Assert.Empty(await WriteAsync([Create(1), Create(2)], acceptMoved: true));

        var run = await RunAsync();
        Assert.Equal((2, 1, 1), (run.Processed, run.Created, run.Failed));
        Assert.Equal(2, await CountAsync("customers"));
    }

    [Fact]
    public async Task The_engines_clocks_are_kept_and_no_edit_is_noted_for_it()
    {
        var (id, version) = await AddCustomerAsync("mail1@x.example");

        await WriteAsync([Update(id, version, 1)], acceptMoved: false);

        Assert.Equal(
            ["hubspot 1000", "sql later"],
            await _host.Database.ListAsync<string>(
                """
                select distinct c.value ->> 'by' || ' '
                    || case when (c.value ->> 'at')::bigint = 1000 then '1000' else 'later' end
                  from customers, jsonb_each(field_clock) c order by 1
                """));
    }

    [Fact]
    public async Task The_number_of_statements_does_not_depend_on_the_number_of_records()
    {
        await WriteAsync([Create(1)], acceptMoved: false); // opens the connection

        var one = await StatementsAsync([Create(2)]);
        var many = await StatementsAsync([.. Enumerable.Range(3, 100).Select(Create)]);

        Assert.InRange(one, 5, 13);
        Assert.Equal(one, many);
    }

    [Theory]
    [InlineData("2026-02-30T00:00:00.000Z")]
    [InlineData("2026-99-99T99:99:99Z")]
    [InlineData("not a date")]
    public async Task A_date_that_is_none_is_blank_and_refuses_no_page(string closeDate)
    {
        var deals = RecordTable.Of(StandardFields.Deals);
        ImmutableArray<string?> values = ["Deal", "12.50", "EUR", "default", "open", closeDate, null];

        var row = Row(1) with { Write = LocalWrite.Create, Values = values, Ancestor = values, IsNewLink = true };
        await WriteAsync([row], false, deals);

        Assert.Equal(1, await CountAsync("deals where amount = 12.5 and close_date is null"));
    }

    [Fact]
    public async Task A_page_is_written_beside_the_one_before_it_and_committed_after_it()
    {
        var before = new TaskCompletionSource();

        var writing = WriteAfterAsync(before.Task, TimeSpan.FromMinutes(1), Create(1));
        await WaitForStandstillAsync();
        Assert.Equal((0, 0), (await CountAsync("customers"), await CountAsync("run_checkpoints")));
        before.SetResult();

        Assert.Empty(await writing);
        Assert.Equal((1, 1), (await CountAsync("customers"), await CountAsync("run_checkpoints")));
    }

    [Fact]
    public async Task Where_the_page_before_fails_nothing_is_written()
    {
        var before = new TaskCompletionSource();

        var writing = WriteAfterAsync(before.Task, TimeSpan.FromMinutes(1), Create(1));
        await WaitForStandstillAsync();
        before.SetException(new FenceLostException());

        await Assert.ThrowsAsync<FenceLostException>(() => writing);
        Assert.Equal((0, 0), (await CountAsync("customers"), await CountAsync("run_checkpoints")));
    }

    /// <summary>Postgres sees no deadlock where one of the two waits outside of it.</summary>
    [Fact]
    public async Task A_page_that_the_one_before_waits_for_gives_way()
    {
        var first = new TaskCompletionSource();
        var second = WriteAfterAsync(first.Task, TimeSpan.FromSeconds(6), Create(1));
        await WaitForStandstillAsync();

        var same = Create(1) with { LocalId = Guid.NewGuid(), HubSpotId = 2 }; // one address, which is unique here
        var moved = await WriteAsync([same], acceptMoved: false);

        Assert.Empty(moved);
        await Assert.ThrowsAsync<GaveWayException>(() => second);
        Assert.Equal(
            [2L], await _host.Database.ListAsync<long>("select hubspot_id from record_links order by hubspot_id"));
    }

    [Fact]
    public async Task A_page_that_Postgres_ends_for_a_deadlock_may_be_looked_at_again()
    {
        var (id, version) = await AddCustomerAsync("later@x.example");
        var name = await _host.Database.ScalarAsync<string>("select current_database()::text");
        await _host.Database.ExecuteAsync($"alter database {name} set deadlock_timeout = '5s'"); // time for the other
        await using var other = new NpgsqlConnection(_host.Database.OwnerConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await ElsewhereAsync("set deadlock_timeout = '1min'"); // it is the page that gives way
        await ElsewhereAsync(
            $"""
            begin;
            insert into record_outcomes (connection_id, kind, record_key, workspace_id, hubspot_id, state, reason)
              values ('{_connection}', 'Contact', 'h1', '{_host.WorkspaceId}', 1, 'InSync', 'Agreed')
            """);

        var writing = WriteAsync([Update(id, version, 1)], acceptMoved: false);
        await _host.Database.SeeLockWaitAsync("the page to wait for the outcome");
        var waiting = ElsewhereAsync($"update customers set city = 'Graz' where id = '{id}'");

        var error = await Assert.ThrowsAsync<GaveWayException>(() => writing);
        Assert.True(error.IsDatabaseAway()); // what is asked again until it goes well
        await waiting;

        async Task ElsewhereAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, other);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    private Task<IReadOnlySet<Guid>> WriteAsync(
        IReadOnlyList<PageRow> rows, bool acceptMoved, RecordTable? table = null) => _host.QueryAsync(
            db => WriteAsync(new PageWriter(db), rows, acceptMoved, table ?? Contacts, Task.CompletedTask));

    private Task<IReadOnlySet<Guid>> WriteAfterAsync(Task before, TimeSpan patience, PageRow row) => _host.QueryAsync(
        db => WriteAsync(new PageWriter(db) { Patience = patience }, [row], false, Contacts, before));

    private Task<IReadOnlySet<Guid>> WriteAsync(
        PageWriter writer, IReadOnlyList<PageRow> rows, bool acceptMoved, RecordTable table, Task before) =>
        writer.WriteAsync(
            _connection,
            table,
            rows,
            new PageProgress(_run, Worker, 3, TimeSpan.FromSeconds(6), RunStep.Contacts, "next", false),
            acceptMoved,
            before,
            CancellationToken.None);

    private Task WaitForStandstillAsync() => Eventually.BeTrueAsync(
        async () => await CountAsync(
            """
            pg_stat_activity where datname = current_database() and state = 'idle in transaction'
              and wait_event = 'ClientRead' and state_change < clock_timestamp() - interval '100 milliseconds'
            """) > 0,
        TimeSpan.FromSeconds(30),
        "the page to wait for the one before it");

    private async Task<int> StatementsAsync(IReadOnlyList<PageRow> rows)
    {
        var page = new ActivitySource("a page of this test");
        var statements = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" || source == page,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => _ = activity.Source.Name == "Npgsql" && Root(activity).Source == page
                ? Interlocked.Increment(ref statements) : 0,
        };
        ActivitySource.AddActivityListener(listener);
        using (page.StartActivity("page"))
        {
            await WriteAsync(rows, acceptMoved: false);
        }

        return statements;

        static Activity Root(Activity activity) => activity.Parent is { } parent ? Root(parent) : activity;
    }

    private static PageRow Row(int hubSpotId) => new()
    {
        LocalId = Guid.NewGuid(),
        HubSpotId = hubSpotId,
        EditedAt = DateTimeOffset.FromUnixTimeMilliseconds(1000),
        State = OutcomeState.InSync,
        Reason = OutcomeReason.Agreed,
    };

    private static PageRow Create(int hubSpotId)
    {
        var values = Values(2, $"mail{hubSpotId}@x.example");
        return Row(hubSpotId) with
        {
            Write = LocalWrite.Create,
            Values = values,
            LocalChanges = [new FieldChange(2, null, values[2])],
            Ancestor = values,
            IsNewLink = true,
        };
    }

    private static PageRow Update(Guid id, long version, int hubSpotId)
    {
        var values = Values(9, "From HubSpot");
        return Row(hubSpotId) with
        {
            LocalId = id,
            Write = LocalWrite.Update,
            Version = version,
            Values = values,
            LocalChanges = [new FieldChange(9, null, "From HubSpot")],
            Ancestor = values,
            IsNewLink = true,
        };
    }

    private static ImmutableArray<string?> Values(int field, string value) =>
        ImmutableArray.CreateRange(new string?[StandardFields.Contacts.Fields.Length]).SetItem(field, value);

    private async Task<(Guid Id, long Version)> AddCustomerAsync(string email)
    {
        var id = await _host.Database.ScalarAsync<Guid>(
            $"""
            insert into customers (id, workspace_id, email)
              values (gen_random_uuid(), '{_host.WorkspaceId}', '{email}') returning id
            """);
        var version = await _host.Database.ScalarAsync<long>(
            $"select xmin::text::bigint from customers where id = '{id}'");
        return (id, version);
    }

    private Task<SyncRun> RunAsync() => _host.QueryAsync(db => db.Runs.AsNoTracking().SingleAsync());

    private async Task<int> CountAsync(string what) =>
        (int)await _host.Database.ScalarAsync<long>($"select count(*) from {what}");

    private Task<List<string>> EverythingAsync()
    {
        var rows = Touched.Select(table => $"select '{table}' || to_jsonb(t)::text from {table} t");
        return _host.Database.ListAsync<string>($"{string.Join(" union all ", rows)} order by 1");
    }
}
