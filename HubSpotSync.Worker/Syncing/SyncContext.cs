using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Connections;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// What all pages of a job have in common: whose records, under which policy, over which session. The policy changes
/// under way only where HubSpot turns out to have lost a property. One job uses it, and looks at one page at a time.
/// </summary>
/// <param name="Epoch">The fencing number of the connection when the work was claimed.</param>
internal sealed class SyncContext(HubSpotConnection connection, long epoch, HubSpotSession session)
{
    private readonly Dictionary<RecordKind, (RecordTable Table, ObjectQuery Query)> _kinds = [];
    private readonly HashSet<(RecordKind Kind, string Property)> _suspects = [];
    private readonly HashSet<(RecordKind Kind, string Property)> _cleared = [];

    public Guid ConnectionId => connection.Id;

    public Guid WorkspaceId => connection.WorkspaceId;

    public long Epoch => epoch;

    public HubSpotSession Session => session;

    public SyncPolicy Policy { get; private set; } = connection.Policy;

    /// <summary>When every record was last looked at.</summary>
    public DateTimeOffset? SweptAt => connection.FullRunAt;

    /// <summary>Whether new contacts can be made under our own id, so that doing it twice is doing it once.</summary>
    public bool HasOwnId { get; set; } = connection.OwnIdMissingSince is null;

    public RecordTable TableOf(RecordKind kind) => Of(kind).Table;

    public ObjectQuery QueryOf(RecordKind kind) => Of(kind).Query;

    /// <summary>HubSpot did not send this property, or says that it does not have it.</summary>
    public void Suspect(RecordKind kind, string property)
    {
        if (!_cleared.Contains((kind, property)))
        {
            _suspects.Add((kind, property));
        }
    }

    public void SuspectRefused(RecordKind kind, IEnumerable<ObjectWritten> answers)
    {
        foreach (var refused in answers.OfType<ObjectWritten.Refused>())
        {
            if (refused is { Reason: HubSpotReasons.PropertyGone, Property: { } property })
            {
                Suspect(kind, property);
            }
        }
    }

    /// <summary>Properties to ask HubSpot about, each once in a job.</summary>
    public IReadOnlyList<string> TakeSuspects(RecordKind kind)
    {
        var taken = _suspects.Where(one => one.Kind == kind).ToList();
        _suspects.ExceptWith(taken);
        _cleared.UnionWith(taken);
        return taken.ConvertAll(one => one.Property);
    }

    public void Follow(SyncPolicy policy)
    {
        Policy = policy;
        _kinds.Clear();
    }

    private (RecordTable Table, ObjectQuery Query) Of(RecordKind kind)
    {
        if (!_kinds.TryGetValue(kind, out var of))
        {
            var table = RecordTable.Of(Policy.MapOf(kind));
            _kinds.Add(kind, of = (table, Queries.Of(Policy, table.Map)));
        }

        return of;
    }
}
