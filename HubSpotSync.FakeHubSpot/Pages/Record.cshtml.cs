using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.FakeHubSpot.Routes;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Writing;
using Microsoft.AspNetCore.Mvc;

namespace HubSpotSync.FakeHubSpot.Pages;

/// <summary>One record as a person in HubSpot edits it; the id <c>new</c> makes one.</summary>
internal sealed class RecordModel(FakeAccounts accounts, Person person) : FakePage
{
    private const int HistoryShown = 60;
    private const string Prefix = "p.";
    private const string BeforePrefix = "before.";

    public FakeAccount Owner { get; private set; } = null!; // every handler sets it first
    public ObjectType Type { get; private set; }
    public CrmRecord? Shown { get; private set; }
    public string Name => Shown is null ? $"New {Type.Singular()}" : RecordName.Of(Shown);
    public string? At { get; private set; }
    public string? Problem { get; private set; }
    public IReadOnlyList<Field> Fields { get; private set; } = [];
    public IReadOnlyList<(string Property, PropertyVersion Version)> History { get; private set; } = [];
    public IReadOnlyList<(ObjectType Type, long Id, string Name)> Links { get; private set; } = [];

    public void OnGet(int portalId, string type, string id)
    {
        Find(portalId, type, id);
        Show(property => Shown?.Value(property.Name));
    }

    /// <summary>Only what was changed in the form is written, so that two people do not undo each other.</summary>
    public IActionResult OnPostSave(int portalId, string type, string id)
    {
        Find(portalId, type, id);
        At = Request.Form["at"];
        var changed = Editable()
            .Select(property => (property.Name, Value: Given(property.Name)))
            .Where(field => field.Value is not null && field.Value != (string?)Request.Form[BeforePrefix + field.Name])
            .ToDictionary(field => field.Name, field => field.Value!); // those without are out
        try
        {
            var (input, at) = (new RecordInput(changed), PersonEndpoints.Moment(At));
            var record = Shown is null
                ? person.Create(Owner, Type, input, at)
                : person.Edit(Owner, Type, id, input, at);
            return To(record, Shown is null ? "Created." : "Saved.");
        }
        catch (RefusalException refusal) when (refusal.Error is { } error)
        {
            Problem = InWords(error);
            Show(property => Given(property.Name));
            return Page();
        }
    }

    public IActionResult OnPostArchive(int portalId, string type, string id)
    {
        Find(portalId, type, id);
        person.Archive(Owner, Type, id);
        return Done("Archived.");
    }

    public IActionResult OnPostRestore(int portalId, string type, string id)
    {
        Find(portalId, type, id);
        person.Restore(Owner, Type, id);
        return Done("Restored.");
    }

    public IActionResult OnPostErase(int portalId, string type, string id)
    {
        Find(portalId, type, id);
        person.Erase(Owner, Type, id);
        TempData["Done"] = $"{Type} {id} is erased, and its address may not come back.";
        return RedirectToPage("Records", new { portalId, type });
    }

    public IActionResult OnPostMerge(int portalId, string type, string id, string? other)
    {
        Find(portalId, type, id);
        return To(person.Merge(Owner, Type, id, other ?? ""), "Merged: this is the record both became.");
    }

    public IActionResult OnPostLink(int portalId, string type, string id, string toType, string? toId)
    {
        Find(portalId, type, id);
        person.Link(Owner, Type, id, PersonEndpoints.Find(accounts, portalId, toType).Type, toId ?? "");
        return Done("Linked.");
    }

    public IActionResult OnPostUnlink(int portalId, string type, string id, string toType, string toId)
    {
        Find(portalId, type, id);
        person.Unlink(Owner, Type, id, PersonEndpoints.Find(accounts, portalId, toType).Type, toId);
        return Done("No longer linked.");
    }

    private void Find(int portalId, string type, string id)
    {
        (Owner, Type) = PersonEndpoints.Find(accounts, portalId, type);
        Shown = id == "new"
            ? null
            : RecordLookup.Find(Owner, Type, null, id, followMerges: true) ?? throw Refuse.ObjectNotFound(id);
    }

    private void Show(Func<PropertyDefinition, string?> value)
    {
        lock (Owner.Gate)
        {
            Fields =
            [
                .. Editable().Select(property => new Field(
                    property, Prefix + property.Name, value(property) ?? "", BeforePrefix + property.Name,
                    Shown?.Value(property.Name) ?? "")),
            ];
            History = Shown is null
                ? []
                : [.. Versions(Shown).OrderByDescending(one => one.Version.At).Take(HistoryShown)];
            Links = Shown is null ? [] : [.. ObjectTypes.All.SelectMany(to => LinksTo(Shown, to))];
        }
    }

    private IEnumerable<PropertyDefinition> Editable() => Owner.Schema(Type).Active.Where(
        property => property is { ReadOnlyValue: false, Calculated: false, Hidden: false });

    private string? Given(string name) =>
        Request.Form.TryGetValue(Prefix + name, out var value) ? value.ToString() : null;

    private static IEnumerable<(string Property, PropertyVersion Version)> Versions(CrmRecord record) =>
        record.Names.SelectMany(name => record.History(name).Select(version => (name, version)));

    private IEnumerable<(ObjectType Type, long Id, string Name)> LinksTo(CrmRecord record, ObjectType to) =>
        from link in Owner.Associations.Of(record.Type, record.Id, to)
        let other = Owner.Store(to).Find(link.ToId)
        where other is not null
        select (to, other.Id, RecordName.Of(other));

    private IActionResult To(CrmRecord record, string done)
    {
        TempData["Done"] = done;
        return RedirectToPage(
            "Record",
            new
            {
                portalId = Owner.PortalId,
                type = Type.Plural(),
                id = record.Id.ToString(CultureInfo.InvariantCulture),
            });
    }

    /// <param name="Before">What the record held when the form was made.</param>
    public sealed record Field(
        PropertyDefinition Property, string Name, string Value, string BeforeName, string Before)
    {
        public bool IsChoice => Property.Options.Count > 0 && !Property.IsMultiple;
        public bool IsUnknownChoice => Value.Length > 0 && Property.Options.All(option => option.Value != Value);
    }
}
