using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HubSpotSync.FakeHubSpot.Api;

internal static class FakeJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

        // Without one, the first answers all set their own (JsonHttpResult), and the later one of two that come
        // together finds the options read-only by then.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static IResult Ok<T>(T body) => Results.Json(body, Options);

    public static IResult Answer<T>(int status, T body) => Results.Json(body, Options, statusCode: status);

    public static IResult NoContent => Results.NoContent();
}
