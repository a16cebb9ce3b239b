using HubSpotSync.HubSpotApi.Limits;

namespace HubSpotSync.Worker.Health;

/// <summary>What of HubSpot's limit was used, by connection and lane, since somebody last took it down.</summary>
public sealed class UsageBook
{
    private readonly Lock _lock = new();
    private Dictionary<UsageKey, Usage> _usage = [];
    private Dictionary<(Guid WorkspaceId, Guid ConnectionId), DayNote> _days = [];

    public void Note(Guid workspaceId, Guid connectionId, BudgetLane lane, int? status) => Add(
        new UsageKey(workspaceId, connectionId, lane),
        new Usage(1, status == 429 ? 1 : 0, status is null or >= 500 ? 1 : 0));

    /// <summary>Also to give back what could not be taken down.</summary>
    public void Add(UsageKey key, Usage more)
    {
        lock (_lock)
        {
            _usage[key] = _usage.GetValueOrDefault(key) + more;
        }
    }

    /// <summary>The latest word counts; also to give back what could not be taken down.</summary>
    public void NoteDay(Guid workspaceId, Guid connectionId, DayNote note)
    {
        lock (_lock)
        {
            var key = (workspaceId, connectionId);
            if (!_days.TryGetValue(key, out var known) || known.At <= note.At)
            {
                _days[key] = note;
            }
        }
    }

    public IReadOnlyDictionary<(Guid WorkspaceId, Guid ConnectionId), DayNote> TakeDays()
    {
        lock (_lock)
        {
            (var taken, _days) = (_days, []);
            return taken;
        }
    }

    public IReadOnlyDictionary<UsageKey, Usage> Take()
    {
        lock (_lock)
        {
            (var taken, _usage) = (_usage, []);
            return taken;
        }
    }
}

public readonly record struct UsageKey(Guid WorkspaceId, Guid ConnectionId, BudgetLane Lane);

/// <summary>What HubSpot said of an account's day, and when.</summary>
public readonly record struct DayNote(DayUse Use, DateTimeOffset At);

/// <param name="Refused">HubSpot asked us to slow down.</param>
/// <param name="Failed">HubSpot did not answer, or with an error of its own.</param>
public readonly record struct Usage(int Requests, int Refused, int Failed)
{
    public static Usage operator +(Usage one, Usage other) =>
        new(one.Requests + other.Requests, one.Refused + other.Refused, one.Failed + other.Failed);

    public static Usage Add(Usage left, Usage right) => left + right;
}
