namespace HubSpotSync.Worker.Runs;

/// <summary>What the work on a run and who watches over it tell each other.</summary>
internal sealed class RunWatch
{
    private volatile bool _stopsAfterPage;

    /// <summary>Somebody asked to stop: the page under way is finished, no other begins.</summary>
    public bool StopsAfterPage
    {
        get => _stopsAfterPage;
        set => _stopsAfterPage = value;
    }
}
