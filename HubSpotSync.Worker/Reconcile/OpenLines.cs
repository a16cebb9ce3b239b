namespace HubSpotSync.Worker.Reconcile;

/// <summary>How many lists this worker is writing just now.</summary>
internal sealed class OpenLines
{
    private int _open;

    /// <summary>Many keep the processors busy; pages beside each other would only hold more rows.</summary>
    public bool AreMany => Volatile.Read(ref _open) > 1;

    public void Open() => Interlocked.Increment(ref _open);

    public void Close() => Interlocked.Decrement(ref _open);
}
