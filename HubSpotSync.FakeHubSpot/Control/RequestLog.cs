using HubSpotSync.FakeHubSpot.Limits;

namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>
/// What was asked of the fake: route templates, never addresses, since paths may hold e-mail addresses and queries
/// hold codes.
/// </summary>
public sealed class RequestLog
{
    private const int Kept = 200;
    private const int UnknownKept = 100;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Method, string Route, int Status), int> _counts = [];
    private readonly Dictionary<string, int> _refusals = [];
    private readonly Dictionary<string, int> _unknown = [];
    private readonly Dictionary<(int PortalId, bool Search), BusiestWindow> _windows = [];
    private readonly Queue<LoggedRequest> _recent = [];

    /// <param name="unknownAddress">Of a call to a route the fake does not know.</param>
    public void Add(LoggedRequest request, string? unknownAddress = null)
    {
        lock (_gate)
        {
            Increment(_counts, (request.Method, request.Route, request.Status));
            if (request.RefusedBy is { } policy)
            {
                Increment(_refusals, policy);
            }

            if (request is { PortalId: { } portalId, CountsAs: { } limit })
            {
                Window(portalId, limit == LimitBody.Search.PolicyName).Add(request.At);
            }

            if (request.IsUnknown)
            {
                Unknown++;
                AddUnknown(unknownAddress);
            }

            _recent.Enqueue(request);
            if (_recent.Count > Kept)
            {
                _recent.Dequeue();
            }
        }
    }

    /// <summary>Calls to routes the fake does not know.</summary>
    public int Unknown { get; private set; }

    public IReadOnlyDictionary<string, int> UnknownRoutes => Copy(_unknown);

    /// <summary>Answers of 429, by the policy they named.</summary>
    public IReadOnlyDictionary<string, int> Refusals => Copy(_refusals);

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

    /// <summary>Newest first.</summary>
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

    /// <summary>The most calls of one account in any ten seconds, searches apart: theirs is in any second.</summary>
    public int MostIn(int portalId, bool search)
    {
        lock (_gate)
        {
            return _windows.TryGetValue((portalId, search), out var window) ? window.Most : 0;
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _counts.Clear();
            _refusals.Clear();
            _unknown.Clear();
            _windows.Clear();
            _recent.Clear();
            Unknown = 0;
        }
    }

    private static void Increment<TKey>(Dictionary<TKey, int> counts, TKey key) where TKey : notnull =>
        counts[key] = counts.GetValueOrDefault(key) + 1;

    private void AddUnknown(string? address)
    {
        if (address is not null && (_unknown.Count < UnknownKept || _unknown.ContainsKey(address)))
        {
            Increment(_unknown, address);
        }
    }

    private BusiestWindow Window(int portalId, bool search)
    {
        if (!_windows.TryGetValue((portalId, search), out var window))
        {
            var length = search ? AccountLimits.SearchWindow : AccountLimits.BurstWindow;
            _windows[(portalId, search)] = window = new BusiestWindow(length);
        }

        return window;
    }

    private Dictionary<string, int> Copy(Dictionary<string, int> counts)
    {
        lock (_gate)
        {
            return new Dictionary<string, int>(counts);
        }
    }
}
