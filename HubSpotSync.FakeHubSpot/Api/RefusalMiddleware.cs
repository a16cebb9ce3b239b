using HubSpotSync.FakeHubSpot.Limits;

namespace HubSpotSync.FakeHubSpot.Api;

/// <summary>
/// Writes a refusal as HubSpot would, with a correlation id of its own. Whatever else goes wrong gets HubSpot's body
/// too, and is counted.
/// </summary>
internal sealed partial class RefusalMiddleware(
    RequestDelegate next, UnexpectedErrors errors, ILogger<RefusalMiddleware> log)
{
    private const int LongestAddress = 8000;

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            if (http.Request.Path.Value!.Length + http.Request.QueryString.Value!.Length > LongestAddress)
            {
                throw new RefusalException(414, new ErrorBody("The address is too long.", "VALIDATION_ERROR"));
            }

            await next(http);
        }
        catch (RefusalException refusal)
        {
            await AnswerAsync(http, refusal);
        }
        catch (BadHttpRequestException exception) when (!http.Response.HasStarted)
        {
            await AnswerAsync(
                http, new RefusalException(exception.StatusCode, new ErrorBody(exception.Message, "VALIDATION_ERROR")));
        }
        catch (InvalidDataException exception) when (!http.Response.HasStarted)
        {
            await AnswerAsync(http, Refuse.Validation(exception.Message));
        }
        catch (Exception exception) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            errors.Add();
            Log.Unexpected(log, exception);
            var what = $"internal error: {exception.GetType().Name}: {exception.Message}"; // a mistake in the fake
            await AnswerAsync(http, new RefusalException(500, new ErrorBody(what, "INTERNAL_ERROR")));
        }
    }

    private static Task AnswerAsync(HttpContext http, RefusalException refusal)
    {
        var body = refusal.Error is { } error
            ? error with { CorrelationId = Guid.NewGuid().ToString() }
            : refusal.Body;
        if (refusal.Body is LimitBody limit)
        {
            http.Features.Set(limit);
        }

        http.Response.StatusCode = refusal.Status;
        return http.Response.WriteAsJsonAsync(body, body.GetType(), FakeJson.Options, http.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The fake itself went wrong")]
        public static partial void Unexpected(ILogger logger, Exception exception);
    }
}
