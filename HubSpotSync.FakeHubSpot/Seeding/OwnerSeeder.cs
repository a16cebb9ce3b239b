using System.Globalization;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Seeding;

internal static class OwnerSeeder
{
    private static readonly string[] Names =
    [
        "Ada Brandt", "Ben Okafor", "Carla Ruiz", "Dmitri Novak", "Emiko Tanaka", "Farid Haddad", "Grace O'Malley",
        "Hugo Lindqvist", "Ines Moreau", "Jon Price", "Karin Vogel", "Liam Byrne",
    ];

    private const int FirstId = 9001;
    private const int HaveLeft = 2;

    /// <summary>Owner ids and user ids are different numbers, and the last owners have left the company.</summary>
    public static void Seed(FakeAccount account)
    {
        for (var index = 0; index < Names.Length; index++)
        {
            var parts = Names[index].Split(' ');
            account.Owners.Add(new Owner(
                (FirstId + index).ToString(CultureInfo.InvariantCulture),
                FakeAccount.AdminUserId + index,
                $"{parts[0].ToLowerInvariant()}@acme-outfitters.example",
                parts[0],
                parts[1],
                SeedTime.First,
                Archived: index >= Names.Length - HaveLeft));
        }
    }
}
