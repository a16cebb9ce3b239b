using System.Globalization;
using HubSpotSync.Core.Listing;

namespace HubSpotSync.Tests.Core;

/// <summary>What the law of lists in parts does not show.</summary>
public sealed class ListRangesTests
{
    private const int PageSize = 100;

    [Fact]
    public void A_run_that_began_before_lists_were_read_in_parts_goes_on_where_it_was()
    {
        var ranges = ListRanges.Parse("1500 1501");

        var left = Assert.Single(ranges.Open);
        Assert.Equal("1501", left.After);
        Assert.Equal(new ListPart(1500, null), ranges.Take(left, [1501, 1502], null));
        Assert.True(ranges.IsDone);
    }

    [Fact]
    public void A_list_that_does_not_go_by_ids_is_said_to_be_wrong() =>
        Assert.Throws<InvalidOperationException>(() =>
        {
            var ranges = ListRanges.Parse(null);
            return ranges.Take(ranges.Open[0], [2, 1], "3");
        });

    [Fact]
    public void Parts_of_one_length_end_together_and_share_a_page_at_each_seam_alone()
    {
        const int Pages = 400;

        var (reads, _) = Read([.. Enumerable.Range(1, Pages * PageSize)]);

        Assert.InRange(reads, Pages, Pages + ListRanges.Most - 1);
    }

    /// <summary>Records of an account that is older than large ids, and one whose records came file by file.</summary>
    public static TheoryData<string, (int Count, long From, long To)[]> UnevenAccounts => new()
    {
        { "half of them old", [(20_000, 50, 2_000_000), (20_000, 5_000_000_000, 190_000_000_000)] },
        { "nearly all old", [(38_000, 50, 2_000_000), (2_000, 5_000_000_000, 190_000_000_000)] },
        {
            "eight files",
            [.. Enumerable.Range(1, 8).Select(file => (5_000, file * 20_000_000_000, (file * 20_000_000_000) + 15_000))]
        },
    };

    [Theory]
    [MemberData(nameof(UnevenAccounts))]
    public void Several_pages_are_read_at_once_however_uneven_the_ids_are(
        string account, (int Count, long From, long To)[] stretches)
    {
        var dice = new Random(11);
        var ids = new SortedSet<long>();
        foreach (var (count, from, to) in stretches)
        {
            for (var before = ids.Count; ids.Count < before + count;)
            {
                ids.Add(dice.NextInt64(from, to));
            }
        }

        var (reads, rounds) = Read([.. ids]);

        var pages = ids.Count / PageSize;
        Assert.True(reads <= pages * 1.05, $"{account}: {reads} reads for {pages} pages");
        Assert.True(reads >= rounds * 3, $"{account}: {reads} reads in {rounds} rounds");
    }

    /// <summary>Reads all of a list, each part as fast as the others.</summary>
    /// <returns>How many pages, and how many times one after the other.</returns>
    private static (int Reads, int Rounds) Read(long[] ids)
    {
        var ranges = ListRanges.Parse(null);
        var (reads, rounds, taken) = (0, 0, 0);
        for (; !ranges.IsDone; rounds++)
        {
            foreach (var range in ranges.Open)
            {
                var from = Array.BinarySearch(ids, long.Parse(range.After ?? "0", CultureInfo.InvariantCulture));
                var page = ids.AsSpan(from < 0 ? ~from : from);
                var next = page.Length > PageSize ? page[PageSize].ToString(CultureInfo.InvariantCulture) : null;
                long[] come = [.. page[..Math.Min(page.Length, PageSize)]];
                reads++;
                taken += ranges.Take(range, come, next) is { } part ? come.Count(part.Has) : 0;
                ranges.Split(new ListSize(ids.Length, ids[^1]));
            }
        }

        Assert.Equal(ids.Length, taken);
        return (reads, rounds);
    }
}
