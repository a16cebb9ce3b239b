using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HubSpotSync.HubSpotApi.Errors;

/// <summary>
/// Turns a refusal into the exception that says what to do about it. Every field of the body is optional.
/// </summary>
internal static partial class HubSpotErrors
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);

    /// <summary>HubSpot asks to wait at least so long where something is locked.</summary>
    private static readonly TimeSpan Unlocking = TimeSpan.FromSeconds(2);

    public static async Task<HubSpotException> ReadAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await ReadBodyAsync(response, cancellationToken);
        var category = Text(body, "category") ?? Text(body, "errorType") ?? Text(body, "status") ?? "UNKNOWN";
        var correlation = Text(body, "correlationId");
        var retryAfter = response.Headers.RetryAfter?.Delta;
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                new HubSpotAuthorizationException(response.StatusCode, category, correlation, MissingScopes(body)),
            HttpStatusCode.Conflict => new HubSpotConflictException(ExistingId(body), category, correlation),
            HttpStatusCode.TooManyRequests => RateLimited(body, retryAfter, correlation),
            HttpStatusCode.Locked =>
                new HubSpotUnavailableException(response.StatusCode, category, correlation, retryAfter ?? Unlocking),
            (HttpStatusCode)477 or >= HttpStatusCode.InternalServerError =>
                new HubSpotUnavailableException(response.StatusCode, category, correlation, retryAfter),
            _ => new HubSpotException(response.StatusCode, category, correlation)
            {
                Code = RefusalDetail.Of(body).Code,
                Property = RefusalDetail.Of(body).Property,
            },
        };
    }

    /// <summary>The id in "Contact already exists. Existing ID: 101", the only place where HubSpot says it.</summary>
    public static long? ExistingIdIn(string? message) =>
        message is not null && ExistingIdPattern().Match(message) is { Success: true } match
            ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : null;

    private static long? ExistingId(JsonElement body) => ExistingIdIn(Text(body, "message"));

    private static HubSpotRateLimitedException RateLimited(JsonElement body, TimeSpan? retryAfter, string? correlation)
    {
        var policy = Text(body, "policyName") ?? "TEN_SECONDLY_ROLLING";
        var wait = retryAfter ?? policy switch
        {
            "SECONDLY" => TimeSpan.FromSeconds(1),
            "DAILY" => TimeSpan.FromMinutes(15),
            _ => TenSeconds,
        };
        return new HubSpotRateLimitedException(policy, wait, correlation);
    }

    private static string[] MissingScopes(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object
            || !body.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        return
        [
            .. from error in errors.EnumerateArray()
               where error.TryGetProperty("context", out var context) && context.ValueKind == JsonValueKind.Object
                   && context.TryGetProperty("requiredGranularScopes", out _)
               from scope in error.GetProperty("context").GetProperty("requiredGranularScopes").EnumerateArray()
               select scope.GetString() ?? "",
        ];
    }

    private static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static async Task<JsonElement> ReadBodyAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var document = await JsonDocument.ParseAsync(stream, default, cancellationToken);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default; // a gateway's HTML page: the status alone decides
        }
    }

    [GeneratedRegex(@"Existing ID:\s*(\d+)")]
    private static partial Regex ExistingIdPattern();
}
