using System.Globalization;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Writing;

namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>Many records made or edited at once, as a busy team in HubSpot would.</summary>
internal sealed class Burst(Person person)
{
    public const int Most = 100_000;

    /// <summary>New records, each with an e-mail address, domain or name that nobody has.</summary>
    /// <param name="at">One moment for all, as an import gives them; null for now, each its own.</param>
    /// <returns>Their ids.</returns>
    public IReadOnlyList<long> Make(
        FakeAccount account,
        ObjectType type,
        int count,
        IReadOnlyDictionary<string, string> properties,
        DateTimeOffset? at)
    {
        var mark = Mark();
        return
        [
            .. Enumerable.Range(1, count).Select(
                number => person.Create(account, type, New(type, $"{mark}-{number}", properties), at).Id),
        ];
    }

    /// <summary>The oldest live records; without properties each gets a new value in a plain text field.</summary>
    /// <returns>Their ids.</returns>
    public IReadOnlyList<long> Edit(
        FakeAccount account, ObjectType type, int count, IReadOnlyDictionary<string, string> properties)
    {
        List<long> live;
        lock (account.Gate)
        {
            live =
            [
                .. account.Store(type).Records.Where(record => !record.Archived)
                    .Take(count)
                    .Select(record => record.Id),
            ];
        }

        var plain = type == ObjectType.Deal ? "description" : "city";
        var input = new RecordInput(
            properties.Count > 0 ? properties : new Dictionary<string, string> { [plain] = $"Burst {Mark()}" });
        foreach (var id in live)
        {
            person.Edit(account, type, id.ToString(CultureInfo.InvariantCulture), input);
        }

        return live;
    }

    private static string Mark() => Guid.NewGuid().ToString("N")[..8];

    private static RecordInput New(ObjectType type, string mark, IReadOnlyDictionary<string, string> given)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        switch (type)
        {
            case ObjectType.Contact:
                properties["email"] = $"burst-{mark}@burst.example";
                properties["firstname"] = "Burst";
                properties["lastname"] = mark;
                break;
            case ObjectType.Company:
                properties["name"] = $"Burst {mark}";
                properties["domain"] = $"burst-{mark}.example";
                break;
            default:
                properties["dealname"] = $"Burst {mark}";
                properties["pipeline"] = "default";
                properties["dealstage"] = "appointmentscheduled";
                break;
        }

        foreach (var (name, value) in given)
        {
            properties[name] = value;
        }

        return new RecordInput(properties);
    }
}
