namespace HubSpotSync.FakeHubSpot.Changes;

/// <summary>
/// Tells what happens to one account's records, in the order it is committed and under the account's gate: listeners
/// must be quick. It keeps nothing, so an account nobody listens to costs nothing.
/// </summary>
public sealed class ChangeFeed
{
    private Action<RecordChange>? _listener;

    public void Listen(Action<RecordChange> listener) => _listener += listener;

    public void Publish(RecordChange change) => _listener?.Invoke(change);
}
