namespace HubSpotSync.FakeHubSpot.Wire;

internal sealed record Paging(NextPage Next)
{
    public static Paging To(string after, string? link = null) => new(new NextPage(after, link));
}
