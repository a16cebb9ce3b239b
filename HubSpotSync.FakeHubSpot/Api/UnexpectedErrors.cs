namespace HubSpotSync.FakeHubSpot.Api;

/// <summary>How often the fake itself went wrong. Shown in its state, so that a test can demand zero.</summary>
public sealed class UnexpectedErrors
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add() => Interlocked.Increment(ref _count);

    public void Reset() => Volatile.Write(ref _count, 0);
}
