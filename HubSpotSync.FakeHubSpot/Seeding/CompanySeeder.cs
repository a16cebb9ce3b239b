using System.Globalization;
using Bogus;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Writing;

namespace HubSpotSync.FakeHubSpot.Seeding;

internal sealed class CompanySeeder(FakeAccount account, Randomizer random)
{
    private static readonly string[] Firsts =
    [
        "Bright", "North", "River", "Stone", "Green", "Silver", "Harbour", "Maple", "Summit", "Cedar", "Falcon",
        "Amber", "Blue", "Oak", "Iron",
    ];
    private static readonly string[] Seconds =
        ["field", "gate", "works", "line", "peak", "yard", "bridge", "path", "craft", "port"];
    private static readonly string[] Endings = ["GmbH", "Ltd", "Inc.", "S.A.", "Oy", "B.V.", "& Co. KG", "LLC"];

    public void Seed(int count)
    {
        for (var index = 0; index < count; index++)
        {
            Add(index, count);
        }
    }

    private void Add(int index, int count)
    {
        var store = account.Store(ObjectType.Company);
        var source = AccountSeeder.Source(random);
        var created = SeedTime.Created(index, count);
        var record = store.Add(created, source);
        foreach (var (name, value) in Values(index))
        {
            record.Write(name, value ?? "", created, source);
        }

        record.Touch(SeedTime.After(random, created));
        if (random.Number(99) < 2)
        {
            record.Archive(SeedTime.Last);
        }

        RecordWriter.Index(store, account.Schema(ObjectType.Company), record);
    }

    private IEnumerable<(string Name, string? Value)> Values(int index)
    {
        var pool = random.ListItem([.. NamePool.All]);
        var name = $"{random.ArrayElement(Firsts)}{random.ArrayElement(Seconds)}";
        var domain = Domain(name, index);
        yield return (
            "name",
            index % 40 == 7
                ? OddTexts.CompanyNames[index / 40 % OddTexts.CompanyNames.Count]
                : $"{name} {random.ArrayElement(Endings)}");
        yield return ("domain", domain);
        yield return ("website", domain is null ? null : $"https://www.{domain}/");
        yield return (
            "phone", random.Number(9) < 6 ? $"+{pool.CallingCode}{random.Number(100_000_000, 999_999_999)}" : null);
        yield return ("address", $"{random.Number(1, 250)} {random.ArrayElement(Firsts)} Street");
        yield return ("city", random.ListItem([.. pool.Cities]));
        yield return ("zip", random.Number(10_000, 99_999).ToString(CultureInfo.InvariantCulture));
        yield return ("country", pool.Country);
        yield return (
            "industry",
            random.Number(9) < 7
                ? random.ListItem([.. account.Schema(ObjectType.Company).Find("industry")!.Options]).Value
                : null); // HubSpot's own property
        yield return (
            "numberofemployees",
            random.Number(9) < 5 ? random.Number(1, 5_000).ToString(CultureInfo.InvariantCulture) : null);
        yield return (
            "annualrevenue",
            random.Number(9) < 4 ? random.Number(50, 90_000).ToString(CultureInfo.InvariantCulture) + "000" : null);
        yield return ("description", index % 97 == 3 ? OddTexts.LongText : null);
        yield return (
            "lifecyclestage", random.Number(9) < 8 ? random.ArrayElement(["lead", "opportunity", "customer"]) : null);
        yield return ("hubspot_owner_id", AccountSeeder.Owner(account, random));
    }

    /// <summary>Every twentieth has none, and some share one: the API lets duplicates in.</summary>
    private static string? Domain(string name, int index) => (index % 20) switch
    {
        4 => null,
        9 => "shared-office.example",
        _ => string.Create(CultureInfo.InvariantCulture, $"{name.ToLowerInvariant()}-{index}.example"),
    };
}
