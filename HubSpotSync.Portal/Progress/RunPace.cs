namespace HubSpotSync.Portal.Progress;

/// <summary>
/// How fast a run is, over the last half minute that was seen; a wait an hour ago does not count any more.
/// </summary>
internal sealed class RunPace
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private readonly Queue<(DateTimeOffset At, int Processed)> _samples = new();

    public void Add(DateTimeOffset at, int processed)
    {
        _samples.Enqueue((at, processed));
        while (_samples.Count > 2 && at - _samples.Peek().At > Window)
        {
            _samples.Dequeue();
        }
    }

    /// <returns>Records a second, or <c>null</c> while too little was seen.</returns>
    public double? PerSecond()
    {
        if (_samples.Count < 2)
        {
            return null;
        }

        var (first, last) = (_samples.Peek(), _samples.Last());
        var seconds = (last.At - first.At).TotalSeconds;
        return seconds < 1 ? null : Math.Max(0, (last.Processed - first.Processed) / seconds);
    }
}
