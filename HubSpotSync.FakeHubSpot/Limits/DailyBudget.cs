namespace HubSpotSync.FakeHubSpot.Limits;

/// <summary>The calls of one day; a new day begins at midnight where the account is.</summary>
internal sealed class DailyBudget
{
    private readonly Lock _gate = new();
    private DateOnly _day;
    private int _used;

    public int UsedOn(DateOnly day)
    {
        lock (_gate)
        {
            return _day == day ? _used : 0;
        }
    }

    public bool TryTake(DateOnly day, int limit, out int remaining)
    {
        lock (_gate)
        {
            (_day, _used) = _day == day ? (_day, _used) : (day, 0);
            var taken = _used < limit;
            _used += taken ? 1 : 0;
            remaining = Math.Max(0, limit - _used);
            return taken;
        }
    }
}
