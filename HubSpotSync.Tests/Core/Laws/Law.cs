using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>
/// Checks a law on many random cases. A failure prints the smallest counter-example and the seed that leads to it
/// again.
/// </summary>
public static class Law
{
    private const string CasesVariable = "HUBSPOTSYNC_LAW_CASES";
    private const string SeedVariable = "HUBSPOTSYNC_LAW_SEED";

    private static readonly int Cases = int.Parse(
        Environment.GetEnvironmentVariable(CasesVariable) ?? "200000",
        NumberStyles.AllowThousands,
        CultureInfo.InvariantCulture);

    public static void Holds<T>(Func<Draw, T> draw, Func<T, bool> law)
    {
        var start = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } given
            ? Read(given)
            : new Rnd((ulong)Random.Shared.NextInt64());
        var cases = Arb.From(
            FsCheck.FSharp.Gen.Choose64(0, long.MaxValue).Select(seed => new Drawn<T>(draw, (ulong)seed)),
            one => one.Simpler());
        var config = Config.QuickThrowOnFailure.WithMaxTest(Cases).WithQuietOnSuccess(true)
            .WithReplay(new Replay(start, FSharpOption<int>.None));
        try
        {
            Check.One(config, Prop.ForAll(cases, one => law(one.Value)));
        }
        catch (Exception broken)
        {
            Assert.Fail($"{broken.Message}\nThe same cases again: {SeedVariable}={start.Seed},{start.Gamma}");
        }
    }

    /// <summary>The seed of a whole run, or of the very case that failed, as FsCheck prints both.</summary>
    private static Rnd Read(string text)
    {
        ulong[] numbers =
        [
            .. text.Trim('(', ')').Split(',').Select(part => ulong.Parse(part, CultureInfo.InvariantCulture)),
        ];
        return numbers is [var seed] ? new Rnd(seed) : new Rnd(numbers[0], numbers[1]);
    }
}
