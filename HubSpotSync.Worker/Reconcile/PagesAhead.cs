using System.Threading.Channels;
using HubSpotSync.Core.Listing;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>A page of a list.</summary>
/// <param name="Part">The stretch of ids that the page speaks for.</param>
/// <param name="Cursor">Where the list goes on after this page and all before it.</param>
/// <param name="IsLast">Nothing comes after it.</param>
internal sealed record ListedPage(ListPart Part, HubSpotPage Page, string Cursor, bool IsLast);

/// <summary>
/// Reads a list ahead of whoever writes it, several parts at once: HubSpot's limit comes back after ten seconds
/// whether or not it was used, and what is not asked for in this window is asked for in the next.
/// </summary>
internal sealed class PagesAhead(ListRanges ranges, Task<ListSize> size, Func<ListRange, Task<HubSpotPage>> read)
    : IAsyncDisposable
{
    /// <summary>Pages that wait here to be written; what is not written when a worker dies is read again.</summary>
    private const int MostWaiting = 6;

    private readonly Channel<ListedPage> _read = Channel.CreateBounded<ListedPage>(MostWaiting);
    private readonly Dictionary<ListRange, Task<HubSpotPage>> _coming = [];
    private readonly CancellationTokenSource _over = new();
    private Task _reading = Task.CompletedTask;

    public void Begin() => _reading = ReadAllAsync();

    /// <summary>
    /// The pages that are there, at least one and at most so many; a little is waited for more to come. Empty: that
    /// was all. What made a read fail is thrown after the pages that were read before.
    /// </summary>
    public async Task<IReadOnlyList<ListedPage>> TakeAsync(
        int most, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        List<ListedPage> taken = [];
        if (!await _read.Reader.WaitToReadAsync(cancellationToken))
        {
            return taken;
        }

        using var enough = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
        try
        {
            do
            {
                while (taken.Count < most && _read.Reader.TryRead(out var page))
                {
                    taken.Add(page);
                }
            }
            while (taken.Count < most && await _read.Reader.WaitToReadAsync(either.Token));
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Enough was waited, or a read failed: the next call says so.
        }

        return taken;
    }

    /// <summary>Leaves no read behind unobserved.</summary>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var page in _coming.Values)
        {
            await ((Task)page).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _over.Dispose();
    }

    private async Task ReadAllAsync()
    {
        try
        {
            while (!ranges.IsDone && !_over.IsCancellationRequested)
            {
                foreach (var range in ranges.Open.Where(range => !_coming.ContainsKey(range)))
                {
                    _coming[range] = read(range);
                }

                var (first, page) = await NextAsync();
                if (ranges.Take(first, [.. page.Records.Select(record => record.Id)], page.Next) is { } part)
                {
                    var listed = new ListedPage(part, page, ranges.ToString(), ranges.IsDone);
                    await _read.Writer.WriteAsync(listed, _over.Token);
                }

                ranges.Split(await size);
            }

            _read.Writer.Complete();
        }
        catch (Exception error)
        {
            _read.Writer.Complete(error); // for whoever takes the pages
        }
    }

    private async Task<(ListRange Range, HubSpotPage Page)> NextAsync()
    {
        var first = await Task.WhenAny(_coming.Values);
        var range = _coming.First(one => one.Value == first).Key;
        var page = await first;
        _coming.Remove(range);
        return (range, page);
    }
}
