using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using HubSpotSync.Core.Scheduling;
using HubSpotSync.Data;
using HubSpotSync.Data.OutgoingWebhooks;
using HubSpotSync.Portal.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.OutgoingWebhooks;

internal sealed record ClaimedDelivery(Guid WorkspaceId, Guid DeliveryId);

/// <summary>How a try ended.</summary>
internal sealed record TryOutcome(HttpStatusCode? Status, string? Error, int Milliseconds)
{
    public bool IsDelivered => Error is null;

    /// <summary>The receiver wants nothing any more.</summary>
    public bool IsGone => Status == HttpStatusCode.Gone;
}

/// <summary>
/// Makes one delivery. It may arrive twice, where the process dies between the answer and its note; the receiver tells
/// by the event's id. A webhook that fails rests, so that its outage costs one request now and then and not one for
/// each delivery.
/// </summary>
internal sealed partial class WebhookSender(
    CrmDbContext db,
    WebhookClient client,
    WebhookSecrets secrets,
    AuditLog audit,
    IOptions<WebhookOptions> options,
    TimeProvider clock,
    ILogger<WebhookSender> logger)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(6);
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    /// <summary>From outside of any workspace.</summary>
    public Task<List<ClaimedDelivery>> ClaimAsync(string owner, int most, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<ClaimedDelivery>(
            $"""
            select workspace_id as "WorkspaceId", delivery_id as "DeliveryId"
              from claim_webhook_deliveries({owner}, {options.Value.Patience * 3}, {most}, {options.Value.AtATimeEach})
            """).ToListAsync(cancellationToken);

    public async Task SendAsync(Guid deliveryId, string owner, CancellationToken cancellationToken)
    {
        var delivery = await db.WebhookDeliveries.AsNoTracking().Include(row => row.Webhook)
            .SingleAsync(row => row.Id == deliveryId, cancellationToken);
        var outcome = await TryAsync(delivery, cancellationToken);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10)); // noted even while the portal stops
        if (outcome.IsDelivered)
        {
            await DeliveredAsync(delivery, owner, outcome, limit.Token);
        }
        else
        {
            await FailedAsync(delivery, owner, outcome, limit.Token);
        }
    }

    private async Task<TryOutcome> TryAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        try
        {
            using var message = Compose(delivery, delivery.Webhook!); // included
            var status = await client.PostAsync(message, cancellationToken);
            var error = (int)status switch
            {
                >= 200 and < 300 => null,
                410 => "It answered 410: it wants nothing any more.",
                >= 300 and < 400 =>
                    $"It answered {(int)status}. Redirects are not followed: give the address it leads to.",
                _ => $"It answered {(int)status}.",
            };
            return new TryOutcome(status, error, Since(started));
        }
        catch (HttpRequestException error)
        {
            return new TryOutcome(null, WordsOf(error), Since(started));
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new TryOutcome(
                null, $"It did not answer within {options.Value.Patience.TotalSeconds:0} seconds.", Since(started));
        }
        catch (CryptographicException)
        {
            return new TryOutcome(null, "Its secret can't be read any more. Roll it to go on.", Since(started));
        }
    }

    private HttpRequestMessage Compose(WebhookDelivery delivery, OutgoingWebhook webhook)
    {
        var now = clock.GetUtcNow();
        var keys = new List<byte[]> { secrets.KeyOf(webhook, webhook.Secret) };
        if (webhook.PreviousSecret is { } previous && webhook.PreviousUntil > now)
        {
            keys.Add(secrets.KeyOf(webhook, previous));
        }

        var body = WebhookMessage.Of(delivery);
        var message = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } },
        };
        message.Headers.UserAgent.ParseAdd("HubSpotSync-Webhooks/1");
        message.Headers.Add(WebhookSignature.IdHeader, delivery.EventId.ToString());
        message.Headers.Add(
            WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        message.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Of(keys, delivery.EventId, now, body));
        return message;
    }

    private async Task DeliveredAsync(
        WebhookDelivery delivery, string owner, TryOutcome outcome, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            update outgoing_webhooks set failing_since = null, failures = 0, resting_until = null,
                last_success_at = clock_timestamp()
              where id = {delivery.WebhookId}
            """,
            cancellationToken);
        await NoteAsync(delivery, owner, DeliveryState.Delivered, TimeSpan.Zero, outcome, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Delivered(logger, delivery.Id, delivery.Attempts);
    }

    private async Task FailedAsync(
        WebhookDelivery delivery, string owner, TryOutcome outcome, CancellationToken cancellationToken)
    {
        var isOver = delivery.Attempts >= options.Value.Attempts;
        var wait = Backoff.Delay(delivery.Attempts - 1, FirstWait, LongestWait, Random.Shared.NextDouble());

        // Who sees that it failed and wakes the webhook must not have it put to rest afterwards. The webhook first, as
        // who deletes it with its deliveries does.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await RestAsync(delivery.Webhook!, outcome, cancellationToken); // included
        await NoteAsync(
            delivery, owner, isOver ? DeliveryState.Failed : DeliveryState.Waiting, wait, outcome, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Failed(logger, delivery.Id, delivery.Attempts);
    }

    private async Task RestAsync(OutgoingWebhook webhook, TryOutcome outcome, CancellationToken cancellationToken)
    {
        var rest = Backoff.Delay(webhook.Failures, FirstRest, LongestRest, Random.Shared.NextDouble());
        var giveUp = options.Value.GiveUpAfter;
        var ended = await db.Database.SqlQuery<Guid?>(
            $"""
            update outgoing_webhooks set failures = failures + 1, resting_until = clock_timestamp() + {rest},
                failing_since = coalesce(failing_since, clock_timestamp()),
                state = case when {outcome.IsGone} or failing_since < clock_timestamp() - {giveUp} then 'Failed'
                  else state end,
                state_reason = {outcome.Error}
              where id = {webhook.Id} and state = 'Active'
              returning case when state = 'Failed' then id end as "Value"
            """).ToListAsync(cancellationToken);
        if (ended is [not null])
        {
            audit.Add(null, "webhook.switched_off", webhook.Id.ToString(), after: new { reason = outcome.Error });
            await db.SaveChangesAsync(cancellationToken);
            Log.SwitchedOff(logger, webhook.Id);
        }
    }

    private Task NoteAsync(
        WebhookDelivery delivery, string owner, DeliveryState state, TimeSpan wait, TryOutcome outcome,
        CancellationToken cancellationToken)
    {
        var status = (int?)outcome.Status;
        return db.Database.ExecuteSqlAsync(
            $"""
            update webhook_deliveries set state = {state.ToString()}, lease_owner = null, lease_until = null,
                due_at = clock_timestamp() + {wait}, last_status = {status}, last_error = {outcome.Error},
                last_tried_at = clock_timestamp(), milliseconds = {outcome.Milliseconds}
              where id = {delivery.Id} and lease_owner = {owner}
            """,
            cancellationToken);
    }

    private int Since(long started) => (int)clock.GetElapsedTime(started).TotalMilliseconds;

    private static string WordsOf(HttpRequestException error) => error switch
    {
        { InnerException: PrivateTargetException } => WebhookUrl.PrivateWords,
        { HttpRequestError: HttpRequestError.NameResolutionError } => "There is no such name in the internet.",
        { HttpRequestError: HttpRequestError.SecureConnectionError } => "Its certificate is not one that is trusted.",
        { HttpRequestError: HttpRequestError.ConnectionError } => "Nobody answers at this address.",
        _ => "The connection broke before it answered.",
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "Delivery {Delivery} arrived, try {Attempt}")]
        public static partial void Delivered(ILogger logger, Guid delivery, int attempt);

        [LoggerMessage(LogLevel.Information, "Delivery {Delivery} did not arrive, try {Attempt}")]
        public static partial void Failed(ILogger logger, Guid delivery, int attempt);

        [LoggerMessage(LogLevel.Warning, "Webhook {Webhook} is switched off: nothing arrives there any more")]
        public static partial void SwitchedOff(ILogger logger, Guid webhook);
    }
}
