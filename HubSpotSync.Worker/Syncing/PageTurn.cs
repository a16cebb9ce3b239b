namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// Where a page stands that is not alone: one is looked at, and written up to its end, while the one before it is.
/// </summary>
/// <param name="looks">Held by whoever looks.</param>
/// <param name="before">What has to be committed first; where it fails, the page is not written.</param>
/// <param name="isAlone">Not even begun to be written before that.</param>
internal sealed class PageTurn(SemaphoreSlim looks, Task before, bool isAlone)
{
    /// <summary>Dispose what it gives when the look is over.</summary>
    public async Task<IDisposable> ToLookAsync(CancellationToken cancellationToken)
    {
        await looks.WaitAsync(cancellationToken);
        return new Look(looks);
    }

    public Task ToWriteAsync() => isAlone ? before : Task.CompletedTask;

    public Task ToCommitAsync() => before;

    private sealed class Look(SemaphoreSlim looks) : IDisposable
    {
        public void Dispose() => looks.Release();
    }
}
