namespace HubSpotSync.FakeHubSpot.Faults;

/// <summary>
/// The faults to come, in the order they were planned, and the switch that makes the fake unreachable.
/// </summary>
public sealed class FaultScript
{
    private const int KeptOfThePast = 50;

    private readonly Lock _gate = new();
    private readonly List<PlannedFault> _planned = [];
    private readonly Queue<PlannedFault> _past = [];
    private volatile bool _unreachable;
    private int _lastId;

    public bool Unreachable
    {
        get => _unreachable;
        set => _unreachable = value;
    }

    /// <summary>Calls that will certainly be struck; faults without an end count as one.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _planned.Sum(planned => planned.Left ?? 1);
            }
        }
    }

    /// <summary>Those to come first, then those that are through, the last one first.</summary>
    public IReadOnlyList<PlannedFault> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _planned, .. _past.Reverse()];
            }
        }
    }

    /// <summary>The next calls with this method (or <c>*</c>) and this beginning of the path meet the fault.</summary>
    public void Next(string method, string pathPrefix, Fault fault, int times = 1) =>
        Plan(new PlannedFault(new FaultMatch(method, pathPrefix), fault, times));

    public int Plan(PlannedFault fault)
    {
        lock (_gate)
        {
            fault.Id = ++_lastId;
            _planned.Add(fault);
            return fault.Id;
        }
    }

    /// <summary>The first fault that strikes the call; those behind it do not see the call.</summary>
    public Fault? Take(string method, string path, Func<int?> portalId)
    {
        lock (_gate)
        {
            var struck = _planned.Find(planned => planned.Strikes(method, path, portalId));
            if (struck?.Left == 0)
            {
                Retire(struck);
            }

            return struck?.Fault;
        }
    }

    /// <summary>False when there is no such fault, or it is through.</summary>
    public bool Remove(int id)
    {
        lock (_gate)
        {
            if (_planned.Find(planned => planned.Id == id) is not { } planned)
            {
                return false;
            }

            Retire(planned);
            return true;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _planned.Clear();
            _past.Clear();
        }

        Unreachable = false;
    }

    private void Retire(PlannedFault fault)
    {
        _planned.Remove(fault);
        _past.Enqueue(fault);
        if (_past.Count > KeptOfThePast)
        {
            _past.Dequeue();
        }
    }
}
