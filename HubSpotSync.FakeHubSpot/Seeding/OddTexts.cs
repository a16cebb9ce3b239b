namespace HubSpotSync.FakeHubSpot.Seeding;

/// <summary>What people and forms really put into text fields; each has broken some program before.</summary>
internal static class OddTexts
{
    public static readonly IReadOnlyList<(string? First, string? Last)> Names =
    [
        ("D'Angelo", "O'Neil-Smith"), ("<script>alert(1)</script>", "Tester"), ("=cmd()|' /C calc'!A0", "Formula"),
        ("Robert'); DROP TABLE customers;--", "Tables"),
        ("🎉 Party", "Person 👩‍👩‍👧"),
        ("null", "Null"), ("  Leading", "Trailing  "), ("MARIA", "KELLER"), ("jean-luc", "d’arc"),
        ("Zoë", "Müller-Lüdenscheidt"),
        ("Nguyễn", "Thị Minh Khai"), ("José", "Jose\u0301"), ("A", "B"), ("Anna\tMaria", "Tab"),
        ("\"Quoted\"", "Comma, Jr."),
        ("İpek", "Işık"),
        ("Mr", null), (null, "Prince"), ("\u202Ereversed", "Bidi"),
        ("Supercalifragilisticexpialidocious-Maximiliana-Theodora", "Wolfeschlegelsteinhausenbergerdorff"),
    ];

    public static readonly IReadOnlyList<string> Phones =
    [
        "call me", "n/a", "0", "+", "555-CALL-NOW", "(030) 123 456-78 ext. 9",
        "030/1234567", "00 49 30 1234567", "+49 (0)30 1234567",
        "tel:+15550100100", "12345 / 67890",
    ];

    public static readonly IReadOnlyList<string> CompanyNames =
    [
        "  Blanks Around Ltd  ", "ACME OUTFITTERS", "acme outfitters", "Acme  Outfitters",
        "Smith & Sons \"Quality\" Co.", "<b>Bold</b> GmbH", "=SUM(A1:A9) Trading",
        "株式会社アクメ", "ООО «Ромашка»", "شركة النور", "Ünïcödé AG",
        "O'Reilly's Pub", "-", "N/A",
    ];

    public static readonly string LongText = string.Concat(
        Enumerable.Repeat("Met at the spring fair; wants a quote for tents, asked twice about delivery. ", 400));
}
