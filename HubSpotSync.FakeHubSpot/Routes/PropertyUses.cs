using System.Globalization;
using System.Text.RegularExpressions;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>Where an account uses a property: HubSpot does not let go of one that something still needs.</summary>
internal static class PropertyUses
{
    public static void RefuseArchiving(FakeAccount account, ObjectType type, PropertyDefinition property)
    {
        if (property.HubSpotDefined)
        {
            throw Refuse.Validation(
                "HubSpot's own properties cannot be archived.",
                "PropertyValidationError.CANNOT_DELETE_HUBSPOT_DEFINED_PROPERTY");
        }

        var uses = Find(account, type, property.Name).ToList();
        if (uses.Count > 0)
        {
            throw InUse(type, property.Name, uses);
        }
    }

    private static IEnumerable<(string Kind, string Parent)> Find(FakeAccount account, ObjectType type, string name)
    {
        if (account.RequiredByForms.GetValueOrDefault(type, []).Contains(name))
        {
            yield return ("FORM", "Create form");
        }

        foreach (var rule in account.ConditionalRules.Where(rule => rule.Type == type && rule.Names(name)))
        {
            yield return ("CONDITIONAL_PROPERTY", $"{type.TypeId()}/{rule.Property}");
        }

        foreach (var other in account.Schema(type).Active.Where(other => Mentions(other.CalculationFormula, name)))
        {
            yield return ("CALCULATED_PROPERTY", $"{type.TypeId()}/{other.Name}");
        }

        foreach (var list in account.Lists.Using(type, name))
        {
            yield return ("LIST", list.Name);
        }
    }

    private static bool Mentions(string? formula, string name) =>
        formula is not null && Regex.IsMatch(formula, $@"\b{Regex.Escape(name)}\b", RegexOptions.CultureInvariant);

    private static RefusalException InUse(
        ObjectType type, string name, IReadOnlyList<(string Kind, string Parent)> uses) => new(
        400,
        new ErrorBody(
            $"Property: {name} of object type {type.TypeId()} is currently used in {uses.Count} places "
                + "and cannot be deleted",
            "VALIDATION_ERROR")
        {
            SubCategory = "PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE",
            Context = Refuse.Context("usageCount", uses.Count.ToString(CultureInfo.InvariantCulture)),
            Errors =
            [
                .. uses.Select(use => new ErrorDetail($"{use.Kind} {use.Parent} uses {name}")
                {
                    SubCategory = "PropertyValidationError.PROPERTY_USAGE",
                    Context = new Dictionary<string, IReadOnlyList<string>>
                    {
                        ["parentType"] = [use.Kind],
                        ["parentName"] = [use.Parent],
                    },
                }),
            ],
        });
}
