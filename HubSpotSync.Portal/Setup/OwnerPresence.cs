using HubSpotSync.Data.Identity;

namespace HubSpotSync.Portal.Setup;

/// <summary>
/// Whether somebody owns this installation. Once true it stays true, so the database is asked only before.
/// </summary>
internal sealed class OwnerPresence(IServiceScopeFactory scopes)
{
    private volatile bool _isThere;

    public async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        if (_isThere)
        {
            return true;
        }

        // A scope of its own: the question comes before the request's context may enter a workspace.
        await using var scope = scopes.CreateAsyncScope();
        var lookup = scope.ServiceProvider.GetRequiredService<WorkspaceLookup>();
        _isThere = await lookup.FindForSetupAsync(cancellationToken) is null;
        return _isThere;
    }
}
