namespace HubSpotSync.FakeHubSpot.Faults;

/// <summary>The faults to come, and the switch that makes the fake unreachable.</summary>
public sealed class FaultScript
{
    private readonly Lock _gate = new();
    private readonly List<Planned> _planned = [];
    private volatile bool _unreachable;

    public bool Unreachable
    {
        get => _unreachable;
        set => _unreachable = value;
    }

    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _planned.Sum(planned => planned.Left);
            }
        }
    }

    /// <summary>The next calls with this method (or <c>*</c>) and this beginning of the path meet the fault.</summary>
    public void Next(string method, string pathPrefix, Fault fault, int times = 1)
    {
        lock (_gate)
        {
            _planned.Add(new Planned(method, pathPrefix, fault) { Left = times });
        }
    }

    public Fault? Take(string method, string path)
    {
        lock (_gate)
        {
            var planned = _planned.Find(candidate => candidate.Matches(method, path));
            if (planned is not null && --planned.Left == 0)
            {
                _planned.Remove(planned);
            }

            return planned?.Fault;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _planned.Clear();
        }

        Unreachable = false;
    }

    private sealed record Planned(string Method, string PathPrefix, Fault Fault)
    {
        public int Left { get; set; }

        public bool Matches(string method, string path) =>
            (Method == "*" || string.Equals(Method, method, StringComparison.OrdinalIgnoreCase))
            && path.StartsWith(PathPrefix, StringComparison.OrdinalIgnoreCase);
    }
}
