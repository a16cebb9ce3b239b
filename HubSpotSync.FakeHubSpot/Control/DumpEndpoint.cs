using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>
/// Every record of one type with all its values and links, archived ones too: one JSON object a line.
/// </summary>
internal static class DumpEndpoint
{
    private const int Chunk = 500;

    public static async Task WriteAsync(HttpContext http, FakeAccounts accounts, int portalId, string type)
    {
        var (account, objectType) = PersonEndpoints.Find(accounts, portalId, type);
        http.Response.ContentType = "application/x-ndjson";
        var after = 0L;
        while (true)
        {
            var lines = Take(account, objectType, ref after);
            if (lines.Count == 0)
            {
                return;
            }

            await http.Response.WriteAsync(string.Concat(lines), http.RequestAborted);
        }
    }

    private static List<string> Take(FakeAccount account, ObjectType type, ref long after)
    {
        lock (account.Gate)
        {
            var names = account.Schema(type).Active.Select(property => property.Name);
            var view = new RecordView(account, type, [.. names]) { AssociatedWith = ObjectTypes.All };
            var records = account.Store(type).From(after).Take(Chunk).ToList();
            after = records.Count == 0 ? after : records[^1].Id + 1;
            return [.. records.Select(record => JsonSerializer.Serialize(view.Body(record), FakeJson.Options) + "\n")];
        }
    }
}
