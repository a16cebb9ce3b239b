namespace HubSpotSync.FakeHubSpot.Faults;

/// <summary>A fault that waits for its calls. Read and changed under the script's lock.</summary>
/// <param name="times">How many calls it strikes; null until it is taken back.</param>
/// <param name="skip">Matching calls that pass before it begins.</param>
/// <param name="share">Which part of the matching calls it strikes, the same ones for the same seed.</param>
public sealed class PlannedFault(
    FaultMatch match, Fault fault, int? times = 1, int skip = 0, double share = 1, int seed = 1)
{
    private readonly Random _dice = new(seed);
    private int _skip = skip;

    public int Id { get; internal set; }
    public FaultMatch Match => match;
    public Fault Fault => fault;
    public double Share => share;
    public int? Left { get; private set; } = times;
    public int Hits { get; private set; }

    internal bool Strikes(string method, string path, Func<int?> portalId)
    {
        if (!match.Is(method, path, portalId))
        {
            return false;
        }

        if (_skip > 0)
        {
            _skip--;
            return false;
        }

        if (share < 1 && _dice.NextDouble() >= share)
        {
            return false;
        }

        Hits++;
        Left--;
        return true;
    }
}
