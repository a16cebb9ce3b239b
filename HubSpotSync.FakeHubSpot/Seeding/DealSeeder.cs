using System.Globalization;
using Bogus;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Writing;

namespace HubSpotSync.FakeHubSpot.Seeding;

internal sealed class DealSeeder(FakeAccount account, Randomizer random)
{
    private static readonly string[] Subjects =
    [
        "Tents for the season", "Climbing wall", "Uniforms", "Reorder", "Spring campaign", "Lagerausstattung",
        "新規契約", "Showroom — phase 2",
    ];

    public void Seed(int count)
    {
        for (var index = 0; index < count; index++)
        {
            Add(index, count);
        }
    }

    private void Add(int index, int count)
    {
        var source = AccountSeeder.Source(random);
        var created = SeedTime.Created(index, count);
        var record = account.Store(ObjectType.Deal).Add(created, source);
        foreach (var (name, value) in Values(index, created))
        {
            record.Write(name, value ?? "", created, source);
        }

        DealStages.Recalculate(account, record, created);
        record.Touch(SeedTime.After(random, created));
        if (random.Number(99) < 2)
        {
            record.Archive(SeedTime.Last);
            return;
        }

        Link(record, ObjectType.Contact, 3);
        Link(record, ObjectType.Company, 5);
    }

    private IEnumerable<(string Name, string? Value)> Values(int index, DateTimeOffset created)
    {
        var pipeline = account.Pipelines[random.Number(9) < 7 ? 0 : 1];
        var stage = pipeline.Stages[random.Number(pipeline.Stages.Count - 1)];
        yield return (
            "dealname", string.Create(CultureInfo.InvariantCulture, $"{random.ArrayElement(Subjects)} #{index + 1}"));
        yield return ("pipeline", pipeline.Id);
        yield return ("dealstage", stage.Id);
        yield return ("amount", Amount(index));
        yield return (
            "deal_currency_code",
            random.Number(9) switch { < 6 => account.Currency, < 8 => "GBP", 8 => "JPY", _ => null });
        yield return (
            "closedate", random.Number(9) < 8 ? WireTime.Format(created.AddDays(random.Number(5, 120))) : null);
        yield return ("dealtype", random.ArrayElement(["newbusiness", "existingbusiness", ""]));
        yield return ("hubspot_owner_id", AccountSeeder.Owner(account, random));
        yield return (
            "closed_lost_reason", stage is { IsClosed: true, IsWon: false } ? "Too dear; chose a competitor." : null);
    }

    private string? Amount(int index) => (index % 15) switch
    {
        2 => null,
        6 => "0",
        11 => "1000.0",
        _ => (random.Number(1_000, 9_000_000) / 100m).ToString(CultureInfo.InvariantCulture),
    };

    private void Link(CrmRecord deal, ObjectType to, int typeId)
    {
        var others = account.Store(to).Records;
        if (others.Count > 0
            && random.Number(9) < 8
            && others[random.Number(others.Count - 1)] is { Archived: false } other)
        {
            account.Associations.Link(
                AssociationKind.Find(typeId, ObjectType.Deal, to)!, deal.Id, other.Id); // in HubSpot's table
        }
    }
}
