using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Writing;

namespace HubSpotSync.FakeHubSpot.Control;

internal static class BurstEndpoints
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>
    /// Body: <c>count</c>; <c>edit</c> true to change live records instead of making new ones; <c>properties</c> to
    /// write to each; <c>at</c> for new ones that all have one modified time.
    /// </summary>
    public static async Task<IResult> RunAsync(
        HttpRequest request, FakeAccounts accounts, Burst burst, int portalId, string type)
    {
        var (account, objectType) = PersonEndpoints.Find(accounts, portalId, type);
        var body = (await JsonBody.ReadAsync(request)).Root;
        var count = body.RequiredWhole("count");
        if (count is < 1 or > Burst.Most)
        {
            throw Refuse.Validation($"count must be from 1 to {Burst.Most}.");
        }

        var properties = body.Child("properties") is null ? Nothing : RecordInputReader.Read(body).Properties;
        var ids = body.Flag("edit") == true
            ? burst.Edit(account, objectType, count, properties)
            : burst.Make(account, objectType, count, properties, PersonEndpoints.Moment(body.Text("at")));
        return FakeJson.Answer(
            201,
            new
            {
                count = ids.Count,
                firstId = ids.Count == 0 ? null : $"{ids[0]}",
                lastId = ids.Count == 0 ? null : $"{ids[^1]}",
            });
    }
}
