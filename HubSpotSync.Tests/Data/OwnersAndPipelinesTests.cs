using HubSpotSync.Data.Crm;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Data;

/// <summary>Owners, pipelines and stages are kept as HubSpot has them, by however many at once.</summary>
public sealed class OwnersAndPipelinesTests : IAsyncLifetime
{
    private CrmHost _host = null!; // xunit initialises it before the test
    private Guid _connection;

    public async ValueTask InitializeAsync()
    {
        _host = await CrmHost.StartAsync();
        _connection = await SyncRows.AddConnectionAsync(_host.Database, _host.WorkspaceId);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>A worker that lost its run is still writing them when the next one does.</summary>
    [Fact]
    public async Task Whoever_writes_them_at_the_same_moment_ends_well()
    {
        Stage[] stages = [.. Enumerable.Range(0, 20).Select(i => StageOf($"p{i % 4}", $"s{i}"))];

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => KeepAsync(
            [.. Enumerable.Range(0, 4).Select(pipeline => PipelineOf($"p{pipeline}", $"Told by {i}"))],
            i % 2 == 0 ? stages : [.. stages.Reverse()],
            [.. Enumerable.Range(0, 20).Select(owner => OwnerOf($"{owner}", $"told-by-{i}@x.example"))])));

        Assert.Equal((4, 20, 20), await CountAsync());
    }

    [Fact]
    public async Task What_is_as_before_is_not_written()
    {
        await KeepAsync([PipelineOf("p")], [StageOf("p", "s")], [OwnerOf("1", null)]);
        var before = await VersionsAsync();

        await KeepAsync([PipelineOf("p")], [StageOf("p", "s")], [OwnerOf("1", null)]);

        Assert.Equal(before, await VersionsAsync());
    }

    [Fact]
    public async Task What_changed_changes_and_what_is_gone_goes_but_for_owners()
    {
        await KeepAsync(
            [PipelineOf("p"), PipelineOf("q")],
            [StageOf("p", "s"), StageOf("p", "t"), StageOf("q", "s")],
            [OwnerOf("1", "a@x.example"), OwnerOf("2", "b@x.example")]);

        await KeepAsync([PipelineOf("p", "Other")], [StageOf("p", "s", 1)], [OwnerOf("1", "c@x.example")]);

        var pipeline = await _host.QueryAsync(db => db.Pipelines.AsNoTracking().SingleAsync());
        var stage = await _host.QueryAsync(db => db.Stages.AsNoTracking().SingleAsync());
        Assert.Equal(("p", "Other"), (pipeline.Id, pipeline.Label));
        Assert.Equal(("p", "s", true), (stage.PipelineId, stage.Id, stage.IsWon));
        var owners = await _host.QueryAsync(db => db.Owners.AsNoTracking().OrderBy(owner => owner.Id).ToListAsync());
        Assert.Equal(["c@x.example", "b@x.example"], owners.Select(owner => owner.Email));
    }

    [Fact]
    public async Task Those_of_another_connection_stay()
    {
        await KeepAsync([PipelineOf("p")], [StageOf("p", "s")], []);
        var first = _connection;
        var workspace = await _host.AddWorkspaceAsync();
        _connection = await SyncRows.AddConnectionAsync(_host.Database, workspace);

        await KeepAsync([], [], [], workspace);

        Assert.Equal(first, (await _host.QueryAsync(db => db.Stages.AsNoTracking().SingleAsync())).ConnectionId);
    }

    private static Pipeline PipelineOf(string id, string label = "Sales") => new() { Id = id, Label = label };

    private static Stage StageOf(string pipeline, string id, decimal probability = 0.5m) => new()
    {
        PipelineId = pipeline, Id = id, Label = "Stage", IsClosed = probability == 1, Probability = probability,
    };

    private static Owner OwnerOf(string id, string? email) => new() { Id = id, Email = email };

    private Task KeepAsync(Pipeline[] pipelines, Stage[] stages, Owner[] owners, Guid? workspace = null) =>
        _host.InAsync(workspace ?? _host.WorkspaceId, async (_, db) =>
        {
            var kept = new OwnersAndPipelines(db);
            await kept.KeepPipelinesAsync(_connection, pipelines, stages, CancellationToken.None);
            await kept.KeepOwnersAsync(_connection, owners, CancellationToken.None);
            return true;
        });

    private Task<(int Pipelines, int Stages, int Owners)> CountAsync() => _host.QueryAsync(async db =>
        (await db.Pipelines.CountAsync(), await db.Stages.CountAsync(), await db.Owners.CountAsync()));

    /// <summary>By which transaction each row was written.</summary>
    private Task<string> VersionsAsync() => _host.Database.ScalarAsync<string>(
        """
        select string_agg(version, ', ' order by version) from (
          select 'pipeline ' || xmin as version from pipelines union all select 'stage ' || xmin from stages
          union all select 'owner ' || xmin from owners) rows
        """);
}
