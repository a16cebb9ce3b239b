using System.Text.Json;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Api;

/// <summary>What a program looks for in an answer.</summary>
internal static class ApiAnswers
{
    /// <summary>The header that says that this answer was seen before a change.</summary>
    public static (string Name, string Value) Seen(this PageAnswer answer) =>
        ("If-Match", answer.Header("ETag")!); // whoever asks for it has read one record

    public static string? Code(this PageAnswer answer) => answer.Value("code");

    public static string Detail(this PageAnswer answer) => answer.Value("detail") ?? "";

    public static string? Value(this PageAnswer answer, string name) => answer.Json.GetProperty(name).GetString();

    public static JsonElement Data(this PageAnswer answer) => answer.Json.GetProperty("data");

    /// <summary>Names of the fields that are wrong.</summary>
    public static List<string> Errors(this PageAnswer answer) =>
    [
        .. answer.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name)
            .Order(StringComparer.Ordinal),
    ];

    public static List<Guid> Ids(this PageAnswer answer) =>
        [.. answer.Data().EnumerateArray().Select(row => row.GetProperty("id").GetGuid())];
}
