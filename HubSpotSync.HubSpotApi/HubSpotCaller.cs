using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using HubSpotSync.Core.Scheduling;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.Limits;

namespace HubSpotSync.HubSpotApi;

/// <summary>
/// Every call to HubSpot's CRM passes here: budget, token, and what is safe to repeat. Reads are repeated when HubSpot
/// is away. Writes are not: whether one was done is found out by looking at the record again. A 429 was not done at
/// all, so both wait and go on.
/// </summary>
public sealed class HubSpotCaller(HttpClient http, RequestBudget budget, HubSpotMetrics metrics, TimeProvider clock)
{
    private const int MostReads = 5;
    private const int MostRateLimits = 12;
    private static readonly TimeSpan LongestSatOut = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WorthTelling = TimeSpan.FromSeconds(1);

    /// <summary>HubSpot's answers take a fraction of a second.</summary>
    private static readonly TimeSpan LongForAnAnswer = TimeSpan.FromSeconds(3);

    internal Task<JsonDocument> ReadAsync(
        HubSpotSession session, HubSpotCall call, CancellationToken cancellationToken) =>
        RepeatAsync(session, call, MostReads, cancellationToken);

    internal Task<JsonDocument> WriteAsync(
        HubSpotSession session, HubSpotCall call, CancellationToken cancellationToken) =>
        RepeatAsync(session, call, 1, cancellationToken);

    private async Task<JsonDocument> RepeatAsync(
        HubSpotSession session, HubSpotCall call, int attempts, CancellationToken cancellationToken)
    {
        var (failures, rateLimits, refused) = (0, 0, false);
        var token = await session.Tokens.GetAsync(cancellationToken);
        while (true)
        {
            try
            {
                return await SendAsync(session, call, token, cancellationToken);
            }
            catch (HubSpotRateLimitedException limited)
                when (++rateLimits < MostRateLimits && limited.RetryAfter <= LongestSatOut)
            {
                metrics.RateLimited(limited.Category);
                await budget.BlockAsync(session.HubId, call.Limit, limited.RetryAfter);
                await WaitAsync(session, WaitReason.HubSpotLimit, limited.RetryAfter, cancellationToken);
            }
            catch (HubSpotUnavailableException away)
                when (++failures < attempts && (away.RetryAfter ?? TimeSpan.Zero) <= LongestSatOut)
            {
                var delay = away.RetryAfter ?? Backoff.Delay(
                    failures - 1, TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(6), Random.Shared.NextDouble());
                await WaitAsync(session, away.Reason, delay, cancellationToken);
            }
            catch (HubSpotAuthorizationException denied) when (denied.Status == HttpStatusCode.Unauthorized && !refused)
            {
                refused = true;
                token = await session.Tokens.ReplaceAsync(token, cancellationToken);
            }
        }
    }

    private async Task<JsonDocument> SendAsync(
        HubSpotSession session, HubSpotCall call, string token, CancellationToken cancellationToken)
    {
        var limit = session.Of(call.Limit);
        var place = await TakeBudgetAsync(session, limit, cancellationToken);
        using var request = new HttpRequestMessage(call.Method, call.Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (call.Body is not null)
        {
            request.Content = new ByteArrayContent(call.Body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        int? status = null;
        try
        {
            using var response = await SendTellingAsync(session, request, cancellationToken);
            await budget.AnsweredAsync(session.HubId, limit, place);
            status = (int)response.StatusCode;
            session.HubSpotTime = response.Headers.Date ?? session.HubSpotTime;
            var said = LimitHeaders.Read(response.Headers);
            await budget.LearnAsync(session.HubId, call.Limit, said);
            if (said.Day is { } day)
            {
                session.OnDay?.Invoke(day);
            }

            if (!response.IsSuccessStatusCode)
            {
                throw await HubSpotErrors.ReadAsync(response, cancellationToken);
            }

            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            return await JsonDocument.ParseAsync(stream, default, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Cut off, timed out or unreadable: nobody knows whether it was done.
            throw new HubSpotUnavailableException((HttpStatusCode?)status, "NO_ANSWER", null, null, error);
        }
        finally
        {
            metrics.Requested(session.Lane, status);
            session.Answered(status);
        }
    }

    // Whoever watches a run that stands still wants to know for whom it waits, long before we give up waiting.
    private async Task<HttpResponseMessage> SendTellingAsync(
        HubSpotSession session, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sending = http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (session.OnWait is not { } tell)
        {
            return await sending;
        }

        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(sending, Task.Delay(LongForAnAnswer, clock, answered.Token));
        if (first == sending)
        {
            await answered.CancelAsync();
            return await sending;
        }

        await tell(WaitReason.HubSpotSlow, http.Timeout - LongForAnAnswer);
        try
        {
            return await sending;
        }
        finally
        {
            await tell(null, TimeSpan.Zero);
        }
    }

    /// <returns>The request's place in the log.</returns>
    private async Task<string> TakeBudgetAsync(
        HubSpotSession session, RateLimit limit, CancellationToken cancellationToken)
    {
        if (budget.WaitForDay(session.HubId, session.Lane) is { } rest)
        {
            throw new HubSpotRateLimitedException("DAILY", rest, null);
        }

        var place = RequestBudget.NewPlace(session.Lane);
        var started = clock.GetTimestamp();
        while (await budget.TakeAsync(session.HubId, limit, session.Lane, place) is { Ticks: > 0 } wait)
        {
            var reason = budget.IsShared ? WaitReason.Budget : WaitReason.BudgetWithoutRedis;
            await WaitAsync(session, reason, wait, cancellationToken);
        }

        if (clock.GetElapsedTime(started) is { TotalMilliseconds: > 50 } waited)
        {
            metrics.Waited(limit, waited);
        }

        return place;
    }

    private async Task WaitAsync(
        HubSpotSession session, WaitReason reason, TimeSpan time, CancellationToken cancellationToken)
    {
        var tell = session.OnWait is not null && time >= WorthTelling;
        if (tell)
        {
            await session.OnWait!(reason, time); // checked one line above
        }

        // A place in the window that is taken late comes back late in every window after it.
        var jitter = Random.Shared.Next(1, reason == WaitReason.Budget ? 5 : 40);
        await Task.Delay(time + TimeSpan.FromMilliseconds(jitter), clock, cancellationToken);
        if (tell)
        {
            await session.OnWait!(null, TimeSpan.Zero); // as above
        }
    }
}
