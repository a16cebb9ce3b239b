using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Web;

namespace HubSpotSync.Tests.Portal;

public sealed class PagingTests
{
    [Theory]
    [InlineData(1, 0, 1, 0, 0)]
    [InlineData(1, 50, 1, 1, 50)]
    [InlineData(2, 51, 2, 51, 51)]
    [InlineData(99, 51, 2, 51, 51)]
    [InlineData(-3, 51, 1, 1, 50)]
    public void A_page_past_the_end_is_the_last_one(int asked, int total, int current, int first, int last)
    {
        var paging = new Paging(asked, 50, total);

        Assert.Equal((current, first, last), (paging.Current, paging.First, paging.Last));
    }

    [Fact]
    public void Links_of_the_list_keep_what_was_asked()
    {
        var query = CustomerQuery.Of("  ada & co ", "lead", "newest", 3);

        Assert.Equal("/customers?q=ada%20%26%20co&stage=lead&sort=newest&page=4", query.Href(page: 4));
        Assert.Equal("/customers?q=ada%20%26%20co&sort=newest", query.Href(anyStage: true));
    }

    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData(null)]
    public void One_letter_is_not_searched(string? text) => Assert.Null(CustomerQuery.Of(text, null, null, 1).Search);
}
