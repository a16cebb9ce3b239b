using HubSpotSync.Core.Listing;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>The next page of each part of a list, on its way.</summary>
internal sealed class PagesAhead(Func<ListRange, Task<HubSpotPage>> read)
{
    private readonly Dictionary<ListRange, Task<HubSpotPage>> _coming = [];

    /// <summary>Asks for those that are not on their way.</summary>
    public void Ask(IEnumerable<ListRange> ranges)
    {
        foreach (var range in ranges.Where(range => !_coming.ContainsKey(range)))
        {
            _coming[range] = read(range);
        }
    }

    /// <summary>The page that comes first.</summary>
    public async Task<(ListRange Range, HubSpotPage Page)> NextAsync()
    {
        var first = await Task.WhenAny(_coming.Values);
        var range = _coming.First(one => one.Value == first).Key;
        var page = await first;
        _coming.Remove(range);
        return (range, page);
    }

    /// <summary>
    /// Whether another page is here soon. One that could not be read is not: who has others writes these first.
    /// </summary>
    public async Task<bool> HasSoonAsync(TimeSpan patience, TimeProvider clock)
    {
        try
        {
            var first = await Task.WhenAny(_coming.Values)
                .WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, clock);
            return first.IsCompletedSuccessfully;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Leaves no read behind unobserved.</summary>
    public async Task ForgetAsync()
    {
        foreach (var page in _coming.Values)
        {
            await ((Task)page).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
