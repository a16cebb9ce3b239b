namespace HubSpotSync.HubSpotApi.Objects;

/// <summary>Any number of records in as few requests as HubSpot allows, some of them at once.</summary>
internal static class Batches
{
    /// <summary>An answer takes a tenth of a second and more; the account's budget keeps count of them all.</summary>
    private const int MostAtOnce = 5;

    /// <summary>Where a request fails, those on their way come to their end and no more are sent.</summary>
    /// <param name="size">The most that a request takes.</param>
    /// <returns>All answers, in the order of what was given.</returns>
    public static async Task<IReadOnlyList<TAnswer>> AskAsync<T, TAnswer>(
        IEnumerable<T> all,
        int size,
        Func<T[], Task<IReadOnlyList<TAnswer>>> ask,
        CancellationToken cancellationToken)
    {
        T[][] batches = [.. all.Chunk(size)];
        var answers = new IReadOnlyList<TAnswer>[batches.Length];
        await Parallel.ForAsync(
            0,
            batches.Length,
            new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = cancellationToken },
            async (at, _) => answers[at] = await ask(batches[at]));
        return [.. answers.SelectMany(one => one)];
    }
}
