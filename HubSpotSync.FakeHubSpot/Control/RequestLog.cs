namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>
/// What was asked of the fake: route templates, never addresses, since paths may hold e-mail addresses and queries
/// hold codes.
/// </summary>
public sealed class RequestLog
{
    private const int Kept = 50;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Method, string Route, int Status), int> _counts = [];
    private readonly Queue<LoggedRequest> _recent = [];

    public void Add(LoggedRequest request)
    {
        lock (_gate)
        {
            var key = (request.Method, request.Route, request.Status);
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
            Unknown += request.IsUnknown ? 1 : 0;
            _recent.Enqueue(request);
            if (_recent.Count > Kept)
            {
                _recent.Dequeue();
            }
        }
    }

    /// <summary>Calls to routes the fake does not know.</summary>
    public int Unknown { get; private set; }

    public IReadOnlyList<RequestCount> Counts
    {
        get
        {
            lock (_gate)
            {
                return
                [
                    .. _counts.OrderBy(pair => pair.Key.Route, StringComparer.Ordinal)
                        .Select(pair => new RequestCount(pair.Key.Method, pair.Key.Route, pair.Key.Status, pair.Value)),
                ];
            }
        }
    }

    public IReadOnlyList<LoggedRequest> Recent
    {
        get
        {
            lock (_gate)
            {
                return [.. _recent.Reverse()];
            }
        }
    }

    public int Total => Counts.Sum(count => count.Count);

    public int CountOf(string method, string route) =>
        Counts.Where(count => count.Method == method && count.Route == route).Sum(count => count.Count);

    public void Reset()
    {
        lock (_gate)
        {
            _counts.Clear();
            _recent.Clear();
            Unknown = 0;
        }
    }
}
