using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Api.Idempotency;

/// <summary>An answer as it went out, to be given again. Answers itself.</summary>
/// <param name="Body">Empty: nothing was said.</param>
internal sealed record GivenAnswer(int Status, Dictionary<string, string> Headers, string Body) : IResult
{
    private static readonly string[] Kept = ["ETag", "Location"];

    /// <returns><c>null</c>: nothing was done.</returns>
    public static GivenAnswer? Of(object? result, HttpContext context)
    {
        var status = (result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK;
        if (status is < 200 or >= 300)
        {
            return null;
        }

        var headers = context.Response.Headers;
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return new GivenAnswer(
            status,
            Kept.Where(headers.ContainsKey).ToDictionary(name => name, name => headers[name].ToString()),
            result is IValueHttpResult { Value: { } value }
                ? JsonSerializer.Serialize(value, value.GetType(), options)
                : "");
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }

        if (Body.Length > 0)
        {
            response.ContentType = "application/json; charset=utf-8";
            await response.WriteAsync(Body, httpContext.RequestAborted);
        }
    }
}
