using HubSpotSync.Core.Listing;

namespace HubSpotSync.Tests.Core;

/// <summary>What the law of lists in parts does not show.</summary>
public sealed class ListRangesTests
{
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
}
