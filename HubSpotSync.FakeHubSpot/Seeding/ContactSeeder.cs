using Bogus;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Writing;

namespace HubSpotSync.FakeHubSpot.Seeding;

internal sealed class ContactSeeder(FakeAccount account, Randomizer random)
{
    private readonly PersonMaker _people = new(account, random);
    private CrmRecord? _before;

    public void Seed(int count)
    {
        for (var index = 0; index < count; index++)
        {
            Add(index, count);
        }
    }

    private void Add(int index, int count)
    {
        var store = account.Store(ObjectType.Contact);
        var source = AccountSeeder.Source(random);
        var created = SeedTime.Created(index, count);
        var record = store.Add(created, source);
        var company = Company();
        record.Fill(_people.Values(index, company, TwinOf(index)));

        var imported = source.Type == "IMPORT";
        var touched = imported ? created : SeedTime.After(random, created);
        if (!imported && random.Number(9) < 3)
        {
            record.Write(
                "jobtitle",
                random.ArrayElement(PersonMaker.Jobs),
                touched,
                ChangeSource.Person(FakeAccount.AdminUserId));
        }

        if (random.Number(99) < 2)
        {
            record.Archive(SeedTime.Last);
        }
        else
        {
            Join(record, company);
        }

        record.Touch(touched);

        RecordWriter.Index(store, account.Schema(ObjectType.Contact), record);
        _before = record;
    }

    /// <summary>Every fiftieth is the same person as the one before, under another address.</summary>
    private CrmRecord? TwinOf(int index) => index % 50 == 49 ? _before : null;

    private CrmRecord? Company()
    {
        var companies = account.Store(ObjectType.Company).Records;
        return companies.Count > 0 && random.Number(9) < 6 ? companies[random.Number(companies.Count - 1)] : null;
    }

    private void LinkSecond(CrmRecord record)
    {
        var companies = account.Store(ObjectType.Company).Records;
        if (companies[random.Number(companies.Count - 1)] is { Archived: false } second)
        {
            account.Associations.Link(
                AssociationKind.Default(ObjectType.Contact, ObjectType.Company), record.Id, second.Id);
        }
    }

    private void Join(CrmRecord record, CrmRecord? company)
    {
        if (company is not { Archived: false })
        {
            return;
        }

        account.Associations.Link(
            AssociationKind.Find(1, ObjectType.Contact, ObjectType.Company)!,
            record.Id,
            company.Id); // in HubSpot's table
        if (random.Number(19) == 0)
        {
            LinkSecond(record);
        }
    }
}
