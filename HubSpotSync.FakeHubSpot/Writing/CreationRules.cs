using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Writing;

/// <summary>The least a new record must say.</summary>
internal static class CreationRules
{
    public static void Check(FakeAccount account, ObjectType type, IReadOnlyDictionary<string, string> values)
    {
        switch (type)
        {
            case ObjectType.Contact:
                RequireAny(values, "email", "firstname", "lastname");
                break;
            case ObjectType.Company:
                RequireAny(values, "name", "domain");
                break;
            default:
                RequireAny(values, "dealname");
                RequireAny(values, "dealstage");
                if (account.Pipelines.Count > 1)
                {
                    RequireAny(values, "pipeline");
                }

                DealStages.Check(account, null, values);
                break;
        }
    }

    private static void RequireAny(IReadOnlyDictionary<string, string> values, params IReadOnlyList<string> names)
    {
        if (!names.Any(name => !string.IsNullOrWhiteSpace(values.GetValueOrDefault(name))))
        {
            throw Refuse.Validation(
                $"Error creating the record. Some required properties were not set: {string.Join(" or ", names)}.");
        }
    }
}
