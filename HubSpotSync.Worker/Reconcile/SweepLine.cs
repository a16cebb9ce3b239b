using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Bulk;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Worker.Syncing;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>
/// Writes the pages of a list, two at a time where no other list is written, and commits them one after the other. In
/// their order, since a checkpoint speaks for all pages before it: where one fails, those behind it are not written.
/// </summary>
internal sealed class SweepLine(
    IServiceScopeFactory scopes,
    OpenLines lines,
    SyncContext context,
    RecordKind kind,
    CancellationToken cancellationToken)
    : IAsyncDisposable
{
    /// <summary>Two, who take turns; each with a connection to the database of its own.</summary>
    private readonly AsyncServiceScope[] _hands = [scopes.CreateAsyncScope(), scopes.CreateAsyncScope()];
    private readonly SemaphoreSlim _looks = new(1);
    private readonly IDisposable _open = lines.Open();
    private Task _last = Task.CompletedTask;
    private int _turn;

    /// <summary>Begins with these pages, and waits for those before them.</summary>
    public async Task WriteAsync(IReadOnlyList<ListedPage> pages, PageProgress progress)
    {
        var before = _last;
        _last = WriteAsync(_hands[_turn++ % _hands.Length].ServiceProvider, pages, progress, before);
        await before;
    }

    /// <summary>When all of it is written.</summary>
    public Task EndAsync() => _last;

    public async ValueTask DisposeAsync()
    {
        await _last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var hand in _hands)
        {
            await hand.DisposeAsync();
        }

        _looks.Dispose();
        _open.Dispose();
    }

    private async Task WriteAsync(
        IServiceProvider hand, IReadOnlyList<ListedPage> pages, PageProgress progress, Task before)
    {
        var db = hand.GetRequiredService<CrmDbContext>();
        db.EnterWorkspace(context.WorkspaceId, "engine");
        await db.Database.OpenConnectionAsync(cancellationToken); // for all its pages; nothing to open where it is
        List<HubSpotRecord> listed =
        [
            .. pages.SelectMany(page => page.Page.Records.Where(record => page.Part.Has(record.Id))),
        ];
        var unlisted = await hand.GetRequiredService<LocalRecords>().FindUnlistedAsync(
            context.ConnectionId,
            kind,
            [.. pages.Select(page => (page.Part.After, page.Part.UpTo))],
            [.. listed.Select(record => record.Id)],
            cancellationToken);
        var inward = new InwardRecords(listed, PageSource.List)
        {
            Unlisted = unlisted,
            Turn = new PageTurn(_looks, before, isAlone: lines.AreMany),
        };
        await hand.GetRequiredService<PageSyncer>()
            .SyncInwardAsync(context, kind, inward, progress, cancellationToken);
    }
}
