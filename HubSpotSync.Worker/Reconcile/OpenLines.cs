namespace HubSpotSync.Worker.Reconcile;

/// <summary>How many lists this worker is writing just now.</summary>
internal sealed class OpenLines
{
    private int _open;

    /// <summary>Many keep the processors busy; pages beside each other would only hold more rows.</summary>
    public bool AreMany => Volatile.Read(ref _open) > 1;

    /// <summary>Dispose what it gives when the list is written.</summary>
    public IDisposable Open()
    {
        Interlocked.Increment(ref _open);
        return new Line(this);
    }

    private sealed class Line(OpenLines lines) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref lines._open);
    }
}
