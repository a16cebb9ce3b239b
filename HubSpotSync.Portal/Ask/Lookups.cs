using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Requests;
using HubSpotSync.Data.Structure;
using HubSpotSync.Portal.Duplicates;
using HubSpotSync.Portal.Why;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Ask;

/// <summary>What an answer looks up elsewhere: in HubSpot, by the worker, and in what is kept of the account.</summary>
internal sealed class Lookups(
    StructureQuestions structure, RecordRequests requests, Comparisons comparisons, TimeProvider clock)
{
    public Task AskAsync(Guid connectionId, string email, CancellationToken cancellationToken) =>
        structure.AskForContactAsync(connectionId, email.Trim().ToLowerInvariant(), cancellationToken);

    /// <returns><c>null</c>: HubSpot has not answered yet.</returns>
    public async Task<FoundContact?> FindAsync(Guid connectionId, string email, CancellationToken cancellationToken)
    {
        var known = await structure.FindAsync(connectionId, cancellationToken);
        return known?.FoundContact is { } found
            && string.Equals(found.Email, email.Trim(), StringComparison.OrdinalIgnoreCase)
                ? found
                : null;
    }

    public Task AskForLookAsync(Guid connectionId, long hubSpotId, CancellationToken cancellationToken) =>
        requests.AskAsync(
            connectionId, RecordKind.Contact, new RecordKey(hubSpotId, null), null, cancellationToken);

    public Task<Comparison?> CompareAsync(
        Guid one, Guid other, HubSpotConnection connection, CancellationToken cancellationToken) =>
        comparisons.FindAsync(one, other, connection, cancellationToken);

    public async Task<Explanation> ExplainAsync(Standing standing, CancellationToken cancellationToken)
    {
        var known = await structure.FindAsync(standing.Connection.Id, cancellationToken);
        return Explanation.Of(standing, list => RuleWords.ListName(list, known), clock.GetUtcNow());
    }
}
