using System.Globalization;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Structure;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.HubSpotApi.Lists;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.HubSpotApi.Structure;
using HubSpotSync.Worker.Tokens;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Structure;

/// <summary>
/// Reads what a page wants to know about an account: its properties and lists, how many contacts filters would take,
/// the values of one contact. What was asked meanwhile, while this was read, stays asked.
/// </summary>
internal sealed class StructureReader(
    CrmDbContext db,
    ConnectionSessions sessions,
    AccountStructure structure,
    ListReader lists,
    ScopeSearch search,
    ObjectReader objects,
    TimeProvider clock)
{
    private const string ReadLists = "crm.lists.read";

    public async Task ReadAsync(WorkspaceConnection which, CancellationToken cancellationToken)
    {
        db.EnterWorkspace(which.WorkspaceId, "engine");
        var connection = await db.Connections.AsNoTracking()
            .SingleAsync(one => one.Id == which.ConnectionId, cancellationToken);
        var asked = await db.Structures.SingleAsync(one => one.ConnectionId == connection.Id, cancellationToken);
        var session = sessions.Open(connection, BudgetLane.Person);
        if (asked.WantsCount is { } question)
        {
            await CountAsync(session, asked, question, cancellationToken);
        }

        if (asked.WantsDefinitions)
        {
            var mayReadLists = connection.Scopes.Contains(ReadLists);
            await ReadDefinitionsAsync(session, asked, mayReadLists, cancellationToken);
        }

        if (asked.WantsSample is { } contact)
        {
            await ReadSampleAsync(session, asked, contact, cancellationToken);
        }

        if (asked.WantsContact is { } email)
        {
            await FindContactAsync(session, asked, email, cancellationToken);
        }
    }

    private async Task FindContactAsync(
        HubSpotSession session, KnownStructure asked, string email, CancellationToken cancellationToken)
    {
        var query = new ObjectQuery(RecordKind.Contact, [StandardFields.Email], []);
        var found = await objects.ReadByAsync(session, query, StandardFields.Email, [email], cancellationToken);
        await db.Entry(asked).ReloadAsync(cancellationToken);
        asked.FoundContact = new FoundContact(email, found is [var only, ..] ? only.Id : null, clock.GetUtcNow());
        asked.WantsContact = asked.WantsContact == email ? null : asked.WantsContact;
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task CountAsync(
        HubSpotSession session, KnownStructure asked, ScopeQuestion question, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var contacts = await search.CountAsync(session, question.Stages, question.Activity, now, cancellationToken);
        await db.Entry(asked).ReloadAsync(cancellationToken);
        asked.Count = new ScopeCount(question, contacts, now);
        asked.WantsCount = question.Equals(asked.WantsCount) ? null : asked.WantsCount;
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task ReadDefinitionsAsync(
        HubSpotSession session, KnownStructure asked, bool mayReadLists, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetUtcNow();
        var properties = new List<KnownProperty>();
        foreach (var kind in Enum.GetValues<RecordKind>())
        {
            var read = await structure.ReadPropertiesAsync(session, kind, cancellationToken);
            properties.AddRange(read.Where(IsForPeople).Select(property => Known(kind, property)));
        }

        var found = mayReadLists ? await lists.FindAsync(session, [], cancellationToken) : [];
        asked.Properties = properties;
        asked.Lists =
            [.. found.Select(list => new KnownList(list.Id, list.Name, list.ProcessingType, list.Size))];
        (asked.ReadAt, asked.WantsDefinitions) = (startedAt, false);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task ReadSampleAsync(
        HubSpotSession session, KnownStructure asked, long contact, CancellationToken cancellationToken)
    {
        string[] names =
        [
            .. StandardFields.Contacts.Fields.Select(field => field.HubSpotProperty),
            .. asked.Properties.Where(property => property.Kind == RecordKind.Contact)
                .Select(property => property.Name),
        ];
        var query = new ObjectQuery(RecordKind.Contact, [.. names.Distinct(StringComparer.Ordinal)], []);
        var id = contact.ToString(CultureInfo.InvariantCulture);
        var found = await objects.ReadAsync(session, query, [id], cancellationToken);
        var record = found is [var only, ..] ? only : null;
        var values = (record?.Properties ?? new Dictionary<string, string?>())
            .Where(value => !string.IsNullOrEmpty(value.Value))
            .ToDictionary(value => value.Key, value => value.Value!); // filtered just before
        await db.Entry(asked).ReloadAsync(cancellationToken);
        asked.Sample = new SampleRecord(contact, values, clock.GetUtcNow()) { IsGone = record is null };
        asked.WantsSample = asked.WantsSample == contact ? null : asked.WantsSample;
        await db.SaveChangesAsync(cancellationToken);
    }

    private static bool IsForPeople(HubSpotProperty property) =>
        !property.IsHidden && property.Name != AccountStructure.OwnIdProperty;

    private static KnownProperty Known(RecordKind kind, HubSpotProperty property) => new(
        kind,
        property.Name,
        property.Label.Length == 0 ? property.Name : property.Label,
        PropertyTypes.Of(property),
        property.Type)
    {
        IsReadOnly = property.IsReadOnly,
        IsCalculated = property.IsCalculated,
        HasUniqueValue = property.HasUniqueValue,
        IsHubSpots = property.IsHubSpots,
        Options = [.. property.Options.Select(option => new KnownOption(option.Value, option.Label))],
    };
}
