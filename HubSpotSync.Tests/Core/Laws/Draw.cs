namespace HubSpotSync.Tests.Core.Laws;

/// <summary>
/// Makes the choices of a random case. They are whole numbers, so any case can be made again from them, and a simpler
/// one from smaller numbers: 0 is the simplest choice, and what is not given is 0. That is how cases of every kind
/// shrink.
/// </summary>
public sealed class Draw
{
    private readonly IReadOnlyList<int>? _given;
    private readonly List<int>? _made;
    private ulong _state;
    private int _at;

    /// <param name="made">Takes down the choices.</param>
    public Draw(ulong seed, List<int>? made = null) => (_state, _made) = (seed, made);

    public Draw(IReadOnlyList<int> given) => _given = given;

    /// <summary>From 0 to less than the bound.</summary>
    public int Below(int bound)
    {
        if (_given is not null)
        {
            return _at < _given.Count ? Math.Min(_given[_at++], bound - 1) : 0;
        }

        var choice = (int)(((Next() >> 32) * (ulong)bound) >> 32);
        _made?.Add(choice);
        return choice;
    }

    /// <summary>True once in so many cases.</summary>
    public bool OneIn(int cases) => Below(cases) == cases - 1;

    /// <summary>One of these, the simplest first.</summary>
    public T Of<T>(T[] items) => items[Below(items.Length)];

    // SplitMix64: three lines, good enough for cases, and the same everywhere.
    private ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
