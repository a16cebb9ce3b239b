using HubSpotSync.HubSpotApi;

namespace HubSpotSync.Worker.Runs;

/// <summary>What the work on a run and who watches over it tell each other.</summary>
internal sealed class RunWatch
{
    private volatile bool _stopsAfterPage;
    private HubSpotSession? _session;
    private int _taken;

    /// <summary>Somebody asked to stop: the page under way is finished, no other begins.</summary>
    public bool StopsAfterPage
    {
        get => _stopsAfterPage;
        set => _stopsAfterPage = value;
    }

    public void Follow(HubSpotSession session) => _session = session;

    /// <summary>How many requests were sent since somebody last asked.</summary>
    public int TakeRequests()
    {
        var sent = _session?.Requests ?? 0;
        return sent - Interlocked.Exchange(ref _taken, sent);
    }
}
