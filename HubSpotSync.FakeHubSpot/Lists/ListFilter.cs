using System.Globalization;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Lists;

/// <summary>
/// Turns a list's filter branches into one question to a record. It knows branches, properties and other lists; what
/// HubSpot filters by besides (events, forms, e-mails) the fake does not hold and refuses.
/// </summary>
internal sealed class ListFilter(FakeAccount account, DateTimeOffset now)
{
    private const int Deepest = 10;
    private readonly HashSet<long> _asked = [];

    /// <summary>HubSpot wants an OR on top that holds nothing but ANDs.</summary>
    public static void CheckShape(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Refuse.Validation("Invalid input JSON: filterBranch must be an object.");
        }

        if (root.Text("filterBranchType") != "OR"
            || root.Items("filters").Count > 0
            || root.Items("filterBranches") is not { Count: > 0 } children
            || children.Any(child => child.Text("filterBranchType") != "AND"))
        {
            throw Refuse.Validation(
                "The root filter branch must be of type OR, without filters, and hold one or more AND branches.",
                "ILS.INVALID_FILTER_BRANCH");
        }
    }

    public Predicate<CrmRecord> Compile(CrmList list)
    {
        if (list.FilterBranch is not { } branch)
        {
            return _ => false;
        }

        if (!_asked.Add(list.Id))
        {
            throw Refuse.Validation("A list cannot be filtered by itself.", "ILS.CIRCULAR_LIST_REFERENCE");
        }

        var test = Branch(list.Type, branch, 1);
        _asked.Remove(list.Id);
        return test;
    }

    private Predicate<CrmRecord> Branch(ObjectType type, JsonElement branch, int depth)
    {
        if (depth > Deepest)
        {
            throw Refuse.Validation("The filter branches are nested too deep.");
        }

        var kind = branch.Required("filterBranchType");
        var inner = kind == "ASSOCIATION" ? OtherType(branch) : type;
        List<Predicate<CrmRecord>> tests =
        [
            .. branch.Items("filters").Select(filter => Filter(inner, filter)),
            .. branch.Items("filterBranches").Select(child => Branch(inner, child, depth + 1)),
        ];
        return kind switch
        {
            "AND" => record => tests.TrueForAll(test => test(record)),
            "OR" => record => tests.Exists(test => test(record)),
            "NOT_ALL" => record => !tests.TrueForAll(test => test(record)),
            "NOT_ANY" => record => !tests.Exists(test => test(record)),
            "ASSOCIATION" => Linked(type, inner, branch, tests),
            _ => throw Refuse.Validation($"The filter branch type {kind} is not supported."),
        };
    }

    private Predicate<CrmRecord> Linked(
        ObjectType from, ObjectType to, JsonElement branch, List<Predicate<CrmRecord>> tests)
    {
        var typeId = branch.RequiredWhole("associationTypeId");
        return record => account.Associations.Of(from, record.Id, to)
            .Where(link => link.TypeIds.Contains(typeId))
            .Select(link => account.Store(to).Find(link.ToId))
            .Any(other => other is { Archived: false } && tests.TrueForAll(test => test(other)));
    }

    private Predicate<CrmRecord> Filter(ObjectType type, JsonElement filter)
    {
        var kind = filter.Required("filterType");
        return kind switch
        {
            "PROPERTY" => Property(type, filter),
            "IN_LIST" => InList(type, filter),
            _ => throw Refuse.Validation($"The filter type {kind} is not supported."),
        };
    }

    private Predicate<CrmRecord> Property(ObjectType type, JsonElement filter)
    {
        var name = filter.Required("property");
        var property = account.Schema(type).Find(name)
            ?? throw Refuse.Validation($"The property {name} does not exist.", "ILS.PROPERTY_DOES_NOT_EXIST");
        var operation = filter.Child("operation") ?? throw JsonFields.Missing("operation");
        return new PropertyOperation(account, property, now).Compile(operation);
    }

    private Predicate<CrmRecord> InList(ObjectType type, JsonElement filter)
    {
        var id = filter.Required("listId");
        var list = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? account.Lists.Find(number)
            : null;
        if (list is not { DeletedAt: null } || list.Type != type)
        {
            throw Refuse.Validation($"The list {id} does not exist.", "ILS.LIST_DOES_NOT_EXIST");
        }

        var isIn = list.IsDynamic
            ? Compile(list)
            : record => account.Lists.Members(list.Id).ContainsKey(record.Id);
        return filter.OneOf("operator", ["IN_LIST", "NOT_IN_LIST"]) == "NOT_IN_LIST" ? record => !isIn(record) : isIn;
    }

    private static ObjectType OtherType(JsonElement branch) =>
        ObjectTypes.TryParse(branch.Required("objectTypeId"), out var type)
            ? type
            : throw Refuse.Validation($"Unable to infer object type from: {branch.Text("objectTypeId")}");
}
