using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace HubSpotSync.Portal.Api.Http;

/// <summary>What is wrong with a request, in words for people and in names for programs.</summary>
internal static class ApiProblem
{
    /// <param name="code">What programs tell problems apart by.</param>
    /// <param name="detail">The cause, and what to do.</param>
    /// <param name="errors">By field, as the request names it.</param>
    public static ProblemHttpResult Of(
        int status, string code, string detail, IReadOnlyDictionary<string, string>? errors = null,
        params (string Name, object? Value)[] more)
    {
        var problem = new ProblemDetails
        {
            Status = status,
            Title = ReasonPhrases.GetReasonPhrase(status),
            Detail = detail,
            Extensions = { ["code"] = code },
        };
        if (errors is { Count: > 0 })
        {
            problem.Extensions["errors"] = errors.ToDictionary(error => error.Key, error => new[] { error.Value });
        }

        foreach (var (name, value) in more)
        {
            problem.Extensions[name] = value;
        }

        problem.Extensions["trace"] = Activity.Current?.TraceId.ToString();
        return TypedResults.Problem(problem);
    }

    public static ProblemHttpResult Unreadable(string field, string problem) => Of(
        StatusCodes.Status400BadRequest, "unreadable", $"{(field.Length == 0 ? "The body" : field)}: {problem}",
        new Dictionary<string, string> { [field] = problem });

    public static ProblemHttpResult Invalid(IReadOnlyDictionary<string, string> errors) => Of(
        StatusCodes.Status422UnprocessableEntity, "invalid",
        string.Join(' ', errors.Select(error => error.Key.Length == 0 ? error.Value : $"{error.Key}: {error.Value}")),
        errors);

    public static ProblemHttpResult Invalid(string field, string problem) =>
        Invalid(new Dictionary<string, string> { [field] = problem });

    public static ProblemHttpResult NotFound() => Of(
        StatusCodes.Status404NotFound, "not_found", "There is nothing here, or it belongs to another company.");

    public static ProblemHttpResult Conflict(string code, string detail, params (string Name, object? Value)[] more) =>
        Of(StatusCodes.Status409Conflict, code, detail, null, more);

    /// <summary>Gives a status that nobody has said anything about its words.</summary>
    public static Task WriteStatusAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var status = http.Response.StatusCode;
        var (code, detail) = status switch
        {
            StatusCodes.Status401Unauthorized => (
                "unauthorized",
                "Send an API key: Authorization: Bearer hsk_… Admins make keys under Settings, API keys."),
            StatusCodes.Status403Forbidden => (
                "forbidden", "Your role does not allow this here. To change something, call with an API key."),
            StatusCodes.Status404NotFound => (
                "not_found", "There is nothing here, or it belongs to another company."),
            StatusCodes.Status405MethodNotAllowed => ("method_not_allowed", "This address does not take this method."),
            StatusCodes.Status413PayloadTooLarge => ("too_large", "The body is too large."),
            StatusCodes.Status415UnsupportedMediaType => (
                "unsupported_media_type", "Send JSON, with Content-Type: application/json."),
            StatusCodes.Status429TooManyRequests => (
                "too_many_requests", $"That was too often. Go on in {http.Response.Headers.RetryAfter} seconds."),
            _ => ("refused", "This request can't be taken as it is."),
        };
        return Of(status, code, detail).ExecuteAsync(http);
    }
}
