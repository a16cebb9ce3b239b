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
        const string Address = "?q=ada%20%26%20co&stage=lead&sort=newest"
            + "&after=5~00000000-0000-0000-0000-000000000001&from=50";
        var query = CustomerQuery.Parse("?q=++ada+%26+co+&stage=lead&sort=newest"
            + "&after=5~00000000-0000-0000-0000-000000000001&from=50&page=7");

        Assert.Equal(Address, query.QueryString());
        Assert.Equal("/customers?q=ada%20%26%20co&sort=newest", (query.First() with { Stage = null }).Href());
    }

    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData(null)]
    public void One_letter_is_not_searched(string? text) =>
        Assert.Null(CustomerQuery.Parse($"?q={text}").Search);
}
