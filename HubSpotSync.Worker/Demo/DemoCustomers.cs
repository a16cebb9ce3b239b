using HubSpotSync.Data.Crm;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Demo;

/// <summary>Made-up customers, the same ones every time.</summary>
internal static class DemoCustomers
{
    public const int Shared = 120;
    private const int OnlyHere = 180;

    private static readonly string[] FirstNames =
    [
        "Ada", "Bruno", "Chiara", "Dilan", "Edda", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kaja", "Luca", "Mira",
        "Nils", "Olga",
    ];

    private static readonly string[] LastNames =
    [
        "Albers", "Brandt", "Costa", "Demir", "Eriksen", "Fontaine", "Gruber", "Haas", "Ilic", "Jansen", "Keller",
        "Lindqvist",
    ];

    private static readonly string[] Cities =
        ["Graz", "Hamburg", "Lyon", "Porto", "Turin", "Utrecht", "Vilnius", "Zagreb"];

    public static IEnumerable<Customer> Make(Guid workspaceId, IReadOnlyList<HubSpotRecord> known, DateTimeOffset now)
    {
        for (var i = 0; i < Math.Min(Shared, known.Count); i++)
        {
            yield return Known(workspaceId, known[i], i, now);
        }

        for (var i = 0; i < OnlyHere; i++)
        {
            yield return Own(workspaceId, i, now);
        }
    }

    // Every third differs in a field or two, and every fourth writes its address in capitals: the reconcile has
    // something to decide.
    private static Customer Known(Guid workspaceId, HubSpotRecord record, int i, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        WorkspaceId = workspaceId,
        FirstName = record["firstname"],
        LastName = record["lastname"],
        Email = i % 4 == 0 ? record["email"]!.ToUpperInvariant() : record["email"], // chosen by it
        Phone = i % 3 == 0 ? $"+43 316 55 {i:0000}" : record["phone"],
        JobTitle = i % 6 == 0 ? "Head of Purchasing" : record["jobtitle"],
        City = i % 3 == 1 ? null : record["city"],
    };

    private static Customer Own(Guid workspaceId, int i, DateTimeOffset now)
    {
        var (first, last) = (FirstNames[i % FirstNames.Length], LastNames[i / FirstNames.Length % LastNames.Length]);
        return new Customer
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = workspaceId,
            FirstName = first,
            LastName = last,
            Email = $"{first}.{last}@local.example".ToLowerInvariant(),
            Phone = $"+49 40 55 {i:0000}",
            City = Cities[i % Cities.Length],
            LifecycleStage = "customer",
        };
    }
}
