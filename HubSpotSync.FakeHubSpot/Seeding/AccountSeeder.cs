using Bogus;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Seeding;

/// <summary>Fills an account: the same seed and size always give the same records.</summary>
internal static class AccountSeeder
{
    public const int ImportId = 7001;
    public const int OtherAppId = 9911;

    public static FakeAccount Seed(FakeAccount account, SeedSize size, int seed)
    {
        var random = new Randomizer(seed);
        OwnerSeeder.Seed(account);
        PipelineSeeder.Seed(account);
        new CompanySeeder(account, random).Seed(size.Companies);
        new ContactSeeder(account, random).Seed(size.Contacts);
        new DealSeeder(account, random).Seed(size.Deals);
        ListSeeder.Seed(account);
        return account;
    }

    public static ChangeSource Source(Randomizer random) => random.Number(9) switch
    {
        < 4 => ChangeSource.Import(ImportId),
        < 7 => ChangeSource.Person(FakeAccount.AdminUserId),
        _ => ChangeSource.Integration(OtherAppId),
    };

    /// <summary>Most records have an owner, some of them one who has left.</summary>
    public static string? Owner(FakeAccount account, Randomizer random) =>
        random.Number(99) < 80 ? account.Owners[random.Number(account.Owners.Count - 1)].Id : null;
}
