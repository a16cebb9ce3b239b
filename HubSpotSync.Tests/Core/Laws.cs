using FsCheck;
using FsCheck.Fluent;

namespace HubSpotSync.Tests.Core;

/// <summary>
/// Checks a law on many random cases. A failure prints the smallest counter-example and the seed to replay it.
/// </summary>
public static class Laws
{
    private const int Cases = 20_000;

    public static void Hold<T1, T2>(Func<T1, T2, bool> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases), Prop.ForAll<T1, T2>((a, b) => law(a, b)));

    public static void Hold<T>(Arbitrary<T> cases, Func<T, bool> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases), Prop.ForAll(cases, value => law(value)));
}
