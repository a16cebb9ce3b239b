using System.Globalization;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Api;

/// <summary>A call that passed the gate: whose account it is about, by which app, and what it says.</summary>
internal sealed class ApiCall(HttpContext http)
{
    public Caller Caller { get; } = http.Features.Get<Caller>()!; // the gate set it
    public FakeAccount Account => Caller.Account;
    public FakeClock Clock { get; } = http.RequestServices.GetRequiredService<FakeClock>();
    public FakeOptions Options { get; } =
        http.RequestServices.GetRequiredService<Microsoft.Extensions.Options.IOptions<FakeOptions>>().Value;
    public FakeSettings Settings { get; } = http.RequestServices.GetRequiredService<FakeSettings>();

    public ObjectType Type => TypeIn(http.Request.RouteValues, "type");
    public ObjectType ToType => TypeIn(http.Request.RouteValues, "toType");
    public ObjectStore Store => Account.Store(Type);
    public ChangeSource Source => ChangeSource.Integration(Caller.Installation.AppId);
    public string Path => http.Request.Path;
    public bool IsNewest => Path.Contains("/2026-09", StringComparison.Ordinal);
    public bool IsDated => Path.Contains("/2026-", StringComparison.Ordinal);

    public static ValueTask<ApiCall?> BindAsync(HttpContext context) => ValueTask.FromResult<ApiCall?>(new(context));

    public static ObjectType TypeIn(RouteValueDictionary values, string key)
    {
        var text = values[key] as string;
        return ObjectTypes.TryParse(text, out var type)
            ? type
            : throw Refuse.Validation($"Unable to infer object type from: {text}");
    }

    public string Route(string key) =>
        (string)http.Request.RouteValues[key]!; // only routes that have the key ask for it

    public string? Query(string key) => http.Request.Query.TryGetValue(key, out var values) ? values[0] : null;

    public bool Flag(string key) => string.Equals(Query(key), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when the query does not say; anything but true and false is a 400.</summary>
    public bool? ReadFlag(string key) => Query(key)?.ToUpperInvariant() switch
    {
        null or "" => null,
        "TRUE" => true,
        "FALSE" => false,
        _ => throw Refuse.Validation($"Invalid {key}: {Query(key)}. It must be true or false."),
    };

    /// <summary>For scopes that only what a call is about can tell; the gate asks for the others.</summary>
    public void Require(string scope)
    {
        if (!Caller.Scopes.Contains(scope))
        {
            throw Refuse.MissingScopes([scope]);
        }
    }

    /// <summary>Names come comma separated, repeated, or both.</summary>
    public IReadOnlyList<string> Names(string key) =>
    [
        .. http.Request.Query[key]
        .SelectMany(
            value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
    ];

    public int Limit(int unasked, int most)
    {
        if (Query("limit") is not { } text)
        {
            return unasked;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit >= 1
            && limit <= most
            ? limit
            : throw Refuse.Validation($"Invalid limit: {text}. It must be from 1 to {most}.");
    }

    public async Task<JsonElement> ReadBodyAsync() => (await JsonBody.ReadAsync(http.Request)).Root;

    public Task<JsonBody> ReadWholeBodyAsync() => JsonBody.ReadAsync(http.Request);

    public void Location(string path) => http.Response.Headers.Location = path;

    public string Address(string path) => $"{http.Request.Scheme}://{http.Request.Host}{path}";

    public void SayHeader(string name, string value) => http.Response.Headers[name] = value;
}
