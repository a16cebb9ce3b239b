using System.Globalization;
using Bogus;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Seeding;

internal sealed class PersonMaker(FakeAccount account, Randomizer random)
{
    public static readonly string[] Jobs =
    [
        "Buyer", "Head of Sales", "CEO", "Store manager", "Geschäftsführerin", "Directeur achats",
        "営業部長", "Student",
        "Owner / Founder",
    ];

    private static readonly (string Stage, int Share)[] Stages =
    [
        ("customer", 25), ("subscriber", 20), ("lead", 17),
        ("marketingqualifiedlead", 10), ("salesqualifiedlead", 7), ("opportunity", 6),
        (LifecycleStages.Trial, 3), (LifecycleStages.Partner, 2), ("evangelist", 1), ("other", 2), ("", 7),
    ];

    public IEnumerable<(string Name, string? Value)> Values(int index, CrmRecord? company, CrmRecord? twin)
    {
        var pool = NamePool.All[random.Number(NamePool.All.Count - 1)];
        var (first, last) = twin is null ? Name(index, pool) : (twin.Value("firstname"), twin.Value("lastname"));
        var email = Email(index, first, last, company);
        yield return ("firstname", first);
        yield return ("lastname", last);
        yield return ("email", email);
        yield return (
            "hs_additional_emails",
            index % 30 == 11 ? Say($"old.{index}@Example.org; second-{index}@example.net") : null);
        yield return ("phone", Phone(index, pool));
        yield return (
            "mobilephone",
            random.Number(9) < 2 ? Say($"+{pool.CallingCode}{random.Number(100_000_000, 999_999_999)}") : null);
        yield return ("company", company?.Value("name"));
        yield return ("jobtitle", random.Number(9) < 5 ? random.ArrayElement(Jobs) : null);
        yield return ("website", index % 12 == 5 ? Say($"https://person-{index}.example/") : null);
        yield return ("address", random.Number(9) < 6 ? Say($"{random.Number(1, 250)} Long Lane") : null);
        yield return ("city", random.Number(9) < 7 ? pool.Cities[random.Number(pool.Cities.Count - 1)] : null);
        yield return ("zip", random.Number(9) < 6 ? Say($"{random.Number(10_000, 99_999)}") : null);
        yield return ("country", random.Number(9) < 8 ? pool.Country : null);
        yield return ("message", index % 211 == 17 ? OddTexts.LongText : null);
        yield return ("hs_language", random.Number(9) < 3 ? random.ArrayElement(["en", "de", "fr", "es", "ja"]) : null);
        yield return (
            "hs_lead_status",
            random.Number(9) < 3 ? random.ArrayElement(["NEW", "OPEN", "IN_PROGRESS", "CONNECTED"]) : null);
        yield return ("hs_email_optout", random.Number(9) < 1 ? "true" : null);
        foreach (var more in Shop(index))
        {
            yield return more;
        }
    }

    private IEnumerable<(string Name, string? Value)> Shop(int index)
    {
        var stage = Stage();
        yield return ("lifecyclestage", stage);
        yield return (
            "customer_since",
            stage == "customer" ? Say($"20{10 + (index % 14)}-0{1 + (index % 9)}-1{index % 10}") : null);
        yield return ("loyalty_points", stage == "customer" ? Say($"{random.Number(0, 20_000)}") : null);
        yield return (
            "interests",
            random.Number(9) < 3 ? random.ArrayElement(["hiking", "hiking;climbing", "water_sports"]) : null);
        yield return ("hubspot_owner_id", AccountSeeder.Owner(account, random));
    }

    private string Stage()
    {
        var roll = random.Number(99);
        foreach (var (stage, share) in Stages)
        {
            roll -= share;
            if (roll < 0)
            {
                return stage;
            }
        }

        return "";
    }

    private (string? First, string? Last) Name(int index, NamePool pool)
    {
        if (index % 45 == 8)
        {
            return OddTexts.Names[index / 45 % OddTexts.Names.Count];
        }

        var first = pool.FirstNames[random.Number(pool.FirstNames.Count - 1)];
        var last = pool.LastNames[random.Number(pool.LastNames.Count - 1)];
        return (index % 17) switch
        {
            3 => (null, last),
            9 => (first, null),
            _ => (first, last),
        };
    }

    /// <summary>HubSpot keeps addresses in lower case; about one contact in sixteen has none.</summary>
    private string? Email(int index, string? first, string? last, CrmRecord? company)
    {
        if (index % 16 == 6 && (first ?? last) is not null)
        {
            return null;
        }

        var name = $"{Ascii(first)}.{Ascii(last)}".Trim('.');
        var domain = company?.Value("domain") is { Length: > 0 } own
            ? own
            : random.ArrayElement(["example.com", "example.org", "mail.example"]);
        return Say($"{(name.Length == 0 ? "contact" : name)}.{index}@{domain}");
    }

    private string? Phone(int index, NamePool pool) => random.Number(9) switch
    {
        < 3 => Say($"+{pool.CallingCode}{random.Number(100_000_000, 999_999_999)}"),
        < 5 => Say(
            $"0{random.Number(100, 999)} {random.Number(100, 999)} {random.Number(10, 99)} {random.Number(10, 99)}"),
        5 => Say($"({random.Number(200, 999)}) 555-01{random.Number(10, 99)} x{random.Number(1, 99)}"),
        6 => OddTexts.Phones[index % OddTexts.Phones.Count],
        _ => null,
    };

    private static string Ascii(string? name) =>
        new([.. (name ?? "").ToLowerInvariant().Where(char.IsAsciiLetterLower).Take(24)]);

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
