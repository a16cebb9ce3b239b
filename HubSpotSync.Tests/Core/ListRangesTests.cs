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
        var ranges = ListRanges.Parse(null);
        var reads = 0;
        while (!ranges.IsDone)
        {
            foreach (var range in ranges.Open) // as fast as each other
            {
                var from = long.Parse(range.After ?? "1", CultureInfo.InvariantCulture);
                long[] ids =
                    [.. Enumerable.Range(0, PageSize).Select(at => from + at).Where(id => id <= Pages * PageSize)];
                var next = from + PageSize;
                reads++;
                ranges.Take(range, ids, next > Pages * PageSize ? null : next.ToString(CultureInfo.InvariantCulture));
                ranges.Split(Pages * PageSize);
            }
        }

        Assert.InRange(reads, Pages, Pages + ListRanges.Most - 1);
    }
}
