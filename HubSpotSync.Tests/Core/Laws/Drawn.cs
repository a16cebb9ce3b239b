namespace HubSpotSync.Tests.Core.Laws;

/// <summary>A random case together with the choices that made it, so that it can be made simpler.</summary>
internal sealed class Drawn<T>
{
    private readonly Func<Draw, T> _make;
    private readonly ulong _seed;
    private readonly int[]? _choices;

    public Drawn(Func<Draw, T> make, ulong seed) => (_make, _seed, Value) = (make, seed, make(new Draw(seed)));

    private Drawn(Func<Draw, T> make, int[] choices) =>
        (_make, _choices, Value) = (make, choices, make(new Draw(choices)));

    public T Value { get; }

    /// <summary>Cases with fewer or smaller choices, the boldest first.</summary>
    public IEnumerable<Drawn<T>> Simpler()
    {
        var choices = _choices ?? Choices();
        for (var length = choices.Length; length > 0; length /= 2)
        {
            for (var at = 0; at + length <= choices.Length; at += length)
            {
                yield return new Drawn<T>(_make, [.. choices[..at], .. choices[(at + length)..]]);
            }
        }

        for (var at = 0; at < choices.Length; at++)
        {
            foreach (var smaller in new[] { 0, choices[at] / 2, choices[at] - 1 }.Distinct())
            {
                if (smaller >= 0 && smaller < choices[at])
                {
                    yield return new Drawn<T>(_make, [.. choices[..at], smaller, .. choices[(at + 1)..]]);
                }
            }
        }
    }

    public override string ToString() => $"{Value}";

    private int[] Choices()
    {
        var made = new List<int>();
        _make(new Draw(_seed, made));
        return [.. made];
    }
}
