using Bogus;

namespace HubSpotSync.FakeHubSpot.Seeding;

/// <summary>
/// Names of one language, with where such people live. The names are made once: making them is the slow part.
/// </summary>
internal sealed record NamePool(
    string Country,
    string CallingCode,
    IReadOnlyList<string> FirstNames,
    IReadOnlyList<string> LastNames,
    IReadOnlyList<string> Cities)
{
    private const int Size = 120;
    private const int PoolSeed = 20_230_201;

    private static readonly Lazy<IReadOnlyList<NamePool>> Pools = new(Make);

    public static IReadOnlyList<NamePool> All => Pools.Value;

    private static IReadOnlyList<NamePool> Make() =>
    [
        FromBogus("en", "United States", "1"),
        FromBogus("en", "United Kingdom", "44"),
        FromBogus("de", "Germany", "49"),
        FromBogus("fr", "France", "33"),
        FromBogus("es", "Spain", "34"),
        FromBogus("pl", "Poland", "48"),
        FromBogus("tr", "Türkiye", "90"),
        FromBogus("cz", "Czechia", "420"),
        FromBogus("vi", "Vietnam", "84"),
        FromBogus("ru", "Bulgaria", "359"),
        FromBogus("el", "Greece", "30"),
        FromBogus("ar", "Egypt", "20"),
        FromBogus("zh_CN", "China", "86"),
        FromBogus("ja", "Japan", "81"),
        FromBogus("ko", "South Korea", "82"),
        new(
            "Israel",
            "972",
            ["נועה", "יוסף", "תמר", "דוד", "מאיה"],
            ["כהן", "לוי", "מזרחי", "פרץ", "בן־דוד"],
            ["תל אביב", "חיפה"]),
        new(
            "India",
            "91",
            ["अनन्या", "राहुल", "प्रिया", "विक्रम", "मीरा"],
            ["शर्मा", "वर्मा", "गुप्ता", "सिंह", "पटेल"],
            ["दिल्ली", "मुंबई"]),
        new(
            "Ireland",
            "353",
            ["Siobhán", "Seán", "Aoife", "Ciarán"],
            ["O'Brien", "O’Connor", "Ní Dhomhnaill", "Mac Giolla-Bríghde"],
            ["Dún Laoghaire", "Cork"]),
    ];

    private static NamePool FromBogus(string locale, string country, string callingCode)
    {
        var faker = new Faker(locale) { Random = new Randomizer(PoolSeed) };
        return new NamePool(
            country, callingCode,
            [.. Enumerable.Range(0, Size).Select(_ => faker.Name.FirstName())],
            [.. Enumerable.Range(0, Size).Select(_ => faker.Name.LastName())],
            [.. Enumerable.Range(0, Size / 4).Select(_ => faker.Address.City())]);
    }
}
