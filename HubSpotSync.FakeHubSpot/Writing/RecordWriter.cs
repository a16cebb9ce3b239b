using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Changes;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Writing;

/// <summary>
/// Checks first, changes after: that is what lets a batch be all or nothing. Use it under the account's gate.
/// </summary>
internal sealed class RecordWriter(FakeAccount account, ObjectType type, WriteContext context)
{
    private readonly ObjectStore _store = account.Store(type);
    private readonly PropertySchema _schema = account.Schema(type);

    public PlannedWrite PlanCreate(RecordInput input)
    {
        var values = Check(input.Properties);
        CreationRules.Check(account, type, values);
        if (context.HeldToForms)
        {
            AccountRules.Check(account, type, null, values);
        }

        RefuseTaken(values, null);
        return new PlannedWrite(null, input, values) { Links = [.. input.Associations.SelectMany(Associations)] };
    }

    public PlannedWrite PlanUpdate(CrmRecord record, RecordInput input)
    {
        var values = Check(input.Properties);
        if (type == ObjectType.Deal)
        {
            DealStages.Check(account, record, values);
        }

        if (context.HeldToForms)
        {
            AccountRules.Check(account, type, record, values);
        }

        RefuseTaken(values, record.Id);
        return new PlannedWrite(record, input, values);
    }

    public CrmRecord Commit(PlannedWrite plan)
    {
        var record = plan.Existing ?? Add();
        var address = record.Value("email");
        foreach (var (name, value) in plan.Values)
        {
            Write(record, name, value);
        }

        if (type == ObjectType.Deal)
        {
            DealStages.Recalculate(account, record, context.Now);
        }

        record.Touch(context.Now);
        Index(_store, _schema, record);
        var links = new AssociationWriter(account, context);
        foreach (var (kind, toId) in plan.Links)
        {
            links.Link(kind, record.Id, toId);
        }

        if (context.AutoAssociate && type == ObjectType.Contact && record.Value("email") != address)
        {
            CompanyByDomain.Join(account, record, context);
        }

        return record;
    }

    public static void Index(ObjectStore store, PropertySchema schema, CrmRecord record)
    {
        store.Modified.Note(record);
        store.Unique.Forget(record.Id);
        if (record.Archived)
        {
            return;
        }

        foreach (var property in schema.Unique)
        {
            store.Unique.Hold(record.Id, property.Name, record.Value(property.Name) ?? "");
        }

        // Secondary addresses are taken too: no other contact may be made with one.
        foreach (
            var address in (record.Value("hs_additional_emails") ?? "")
                .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            store.Unique.Hold(record.Id, "email", address);
        }
    }

    private void Write(CrmRecord record, string name, string value)
    {
        var definition = _schema.Find(name);
        var before = record.Value(name);
        if (name == "lifecyclestage"
            && !context.Source.IsPerson
            && LifecycleStages.IsBackward(definition!, before, value)) // Check found it
        {
            return;
        }

        record.Write(
            name,
            definition!.IsMultiple ? ValueRules.AddChoices(before, value) : value,
            context.Now,
            context.Source); // Check found it
        Tell(account, record, name, before, context);
    }

    /// <summary>A write that left the value as it was is told to nobody.</summary>
    public static void Tell(FakeAccount account, CrmRecord record, string name, string? before, WriteContext context)
    {
        var after = record.Value(name);
        if ((after ?? "") != (before ?? ""))
        {
            account.Changes.Publish(
                new RecordChange.PropertyChanged(
                    record.Type, record.Id, context.Now, context.Source, name, before, after ?? ""));
        }
    }

    private CrmRecord Add()
    {
        var record = _store.Add(context.Now, context.Source);
        account.Changes.Publish(new RecordChange.Created(type, record.Id, context.Now, context.Source));
        return record;
    }

    private Dictionary<string, string> Check(IReadOnlyDictionary<string, string> written)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<PropertyProblem>();
        foreach (var (name, value) in written)
        {
            var problem = CheckOne(name, value, out var kept);
            if (problem is null)
            {
                values[name] = kept;
            }
            else
            {
                problems.Add(problem);
            }
        }

        return problems.Count == 0 ? values : throw PropertyProblem.Refusal(problems);
    }

    private PropertyProblem? CheckOne(string name, string value, out string kept)
    {
        kept = value;
        if (_schema.Find(name) is not { } property)
        {
            return new PropertyProblem(name, "PROPERTY_DOESNT_EXIST", $"Property \"{name}\" does not exist");
        }

        if (property.ReadOnlyValue || property.Calculated)
        {
            return new PropertyProblem(
                name, "READ_ONLY_VALUE", $"\"{name}\" is a read only property; its value cannot be set.");
        }

        if (property.ReferencedObjectType == "OWNER"
            && value.Length > 0
            && !account.Owners.Exists(owner => owner.Id == value))
        {
            return new PropertyProblem(name, "INVALID_OWNER_ID", $"{value} is not a valid owner ID.");
        }

        kept = ValueRules.Normalise(property, value, context.EmailEndings, out var problem) ?? value;
        return problem;
    }

    private void RefuseTaken(Dictionary<string, string> values, long? self)
    {
        if (values.TryGetValue("email", out var email) && account.BlockedEmails.Contains(email))
        {
            throw Refuse.Validation("The email address was deleted for privacy and cannot be created again.");
        }

        foreach (var property in _schema.Unique.Where(property => values.ContainsKey(property.Name)))
        {
            if (_store.Unique.HolderOf(property.Name, values[property.Name]) is { } holder && holder != self)
            {
                throw property.Name == "email"
                    ? Refuse.ContactExists(holder)
                    : PropertyProblem.Refusal(
                        new PropertyProblem(
                            property.Name, "CONFLICTING_UNIQUE_VALUE", $"{holder} already has that value."));
            }
        }
    }

    private IEnumerable<(AssociationKind Kind, long ToId)> Associations(AssociationInput association)
    {
        foreach (var spec in association.Types)
        {
            var kind = account.Labels.From(type).FirstOrDefault(
                candidate => candidate.TypeId == spec.TypeId && candidate.Category == spec.Category)
                ?? throw Refuse.Validation($"One or more association types are not valid: {spec.TypeId}");
            var target = long.TryParse(association.ToId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? account.Store(kind.To).Find(id)
                : null;
            yield return target is { Archived: false }
                ? (kind, target.Id)
                : throw Refuse.Validation(
                    $"Object not found. {kind.To.Singular()} {association.ToId} cannot be associated.");
        }
    }
}
