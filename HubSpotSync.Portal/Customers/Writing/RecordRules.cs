using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Shell;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Writing;

/// <summary>The fields of a kind of record, and which of them HubSpot owns, by the connection's policy.</summary>
internal sealed record RecordRules(FieldMap Map, HubSpotConnection? Connection)
{
    private static readonly FieldDefinition Company = new(Customer.CompanyField, "", FieldType.Text)
    {
        Label = "Company",
    };

    /// <summary>Names of all that is edited: the mapped fields, and a customer's company.</summary>
    public IEnumerable<string> Edited => Map.Fields.Select(one => one.Name)
        .Concat(Map.Kind == RecordKind.Contact ? [Customer.CompanyField] : []);

    /// <summary>
    /// HubSpot owns what only arrives, of records that it has or will get. What it has no part in is edited here.
    /// </summary>
    public bool Locks(FieldDefinition field, bool isLinked) =>
        Connection is { Policy: var policy } && policy.Takes(Map.Kind)
        && field.Direction == FieldDirection.In
        && (isLinked || (Map.Kind == RecordKind.Contact && policy.WritesToHubSpot));

    /// <summary>
    /// Whose company a contact of HubSpot is, HubSpot says. Where it says nothing and we write to it, a person here
    /// may.
    /// </summary>
    public bool LocksCompany(Customer? customer, bool isLinked) =>
        Connection is { Policy: var policy } && policy.TakesCompanies && isLinked
        && (!policy.WritesToHubSpot || customer?.CompanyBy == Customer.ByHubSpot);

    /// <summary>A field that an edit may name; a file has no company.</summary>
    public FieldDefinition? FindEdited(string name) =>
        name == Customer.CompanyField && Map.Kind == RecordKind.Contact ? Company : Find(name);

    public FieldDefinition? Find(string name) => Map.PositionOf(name) is var at and >= 0 ? Map.Fields[at] : null;

    public string LabelOf(string name) => FieldFacts.LabelOf(Map, name);
}

/// <summary>Reads the rules, and which records they bind.</summary>
internal sealed class RuleBook(CrmDbContext db, WorkspaceShell shell)
{
    public async Task<RecordRules> ReadAsync(RecordKind kind, CancellationToken cancellationToken)
    {
        var connection = (await shell.RequireAsync(cancellationToken)).Connection;
        var map = connection?.Policy.MapOf(kind)
            ?? (kind == RecordKind.Contact ? StandardFields.Contacts : StandardFields.Companies);
        return new RecordRules(map, connection);
    }

    /// <summary>Those of the records that HubSpot has, with its id.</summary>
    public async Task<IReadOnlyDictionary<Guid, long>> LinkedAsync(
        RecordRules rules, IReadOnlyList<Guid> ids, CancellationToken cancellationToken) =>
        rules.Connection is not { Id: var connection }
            ? new Dictionary<Guid, long>()
            : await db.Links
                .Where(link => link.ConnectionId == connection && link.Kind == rules.Map.Kind
                    && link.DetachedAt == null && ids.Contains(link.LocalId))
                .ToDictionaryAsync(link => link.LocalId, link => link.HubspotId, cancellationToken);
}
