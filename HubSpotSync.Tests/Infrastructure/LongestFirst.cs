using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Rounds;
using HubSpotSync.Tests.Schedules;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace HubSpotSync.Tests.Infrastructure;

/// <summary>
/// Classes that take minutes begin first, so that nobody waits for one of them alone in the end, and those that mostly
/// wait before those that compute, which fill the gaps.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        typeof(ScheduleTests).FullName!, typeof(RoundTests).FullName!, typeof(PlantedBugTests).FullName!,
        "HubSpotSync.Tests.Portal.Faults.", "HubSpotSync.Tests.Worker.", "HubSpotSync.Tests.Pains.",
        "HubSpotSync.Tests.Browser.",
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(RankOf).ThenBy(one => one.TestCollectionDisplayName, StringComparer.Ordinal)];

    // A class that names no collection is one of its own, called after the class.
    private static int RankOf<TTestCollection>(TTestCollection collection)
        where TTestCollection : ITestCollection
    {
        var rank = Array.FindIndex(
            Long, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal));
        return rank < 0 ? Long.Length : rank;
    }
}
