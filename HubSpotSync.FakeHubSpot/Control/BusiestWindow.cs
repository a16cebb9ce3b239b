namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>The most calls there were in any stretch of the given length. Use it under a lock.</summary>
internal sealed class BusiestWindow(TimeSpan length)
{
    private readonly Queue<DateTimeOffset> _calls = [];

    public int Most { get; private set; }

    public void Add(DateTimeOffset at)
    {
        while (_calls.TryPeek(out var oldest) && oldest <= at - length)
        {
            _calls.Dequeue();
        }

        _calls.Enqueue(at);
        Most = Math.Max(Most, _calls.Count);
    }
}
