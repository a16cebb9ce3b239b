namespace HubSpotSync.FakeHubSpot.Seeding;

internal sealed record SeedSize(int Contacts, int Companies, int Deals)
{
    /// <summary>A small shop has about one company for six contacts, and one deal for eight.</summary>
    public static SeedSize InProportion(int contacts) => new(contacts, contacts / 6, contacts / 8);
}
