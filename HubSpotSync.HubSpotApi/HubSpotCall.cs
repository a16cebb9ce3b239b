using System.Text.Json;
using HubSpotSync.HubSpotApi.Limits;

namespace HubSpotSync.HubSpotApi;

/// <summary>One request: where, what, and which of the account's limits it counts against.</summary>
internal sealed record HubSpotCall(HttpMethod Method, string Path, RateLimit Limit, byte[]? Body = null)
{
    public static HubSpotCall Get(string path) => new(HttpMethod.Get, path, RateLimit.Burst);

    public static HubSpotCall Post(string path, Action<Utf8JsonWriter> write) =>
        new(HttpMethod.Post, path, RateLimit.Burst, Json(write));

    public static HubSpotCall Search(string path, Action<Utf8JsonWriter> write) =>
        new(HttpMethod.Post, path, RateLimit.Search, Json(write));

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
