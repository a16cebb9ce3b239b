using HubSpotSync.Data;
using HubSpotSync.Data.OutgoingWebhooks;
using HubSpotSync.Portal.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.OutgoingWebhooks;

/// <summary>What a webhook is to be; what is <c>null</c> stays.</summary>
internal sealed record WebhookWish(string? Url, IReadOnlyList<string>? Events, bool? IsOn);

/// <summary>What became of it: the webhook, with its secret where that is new; or what is wrong, by field.</summary>
internal sealed record WebhookAnswer(
    OutgoingWebhook? Webhook, string? Secret, IReadOnlyDictionary<string, string> Problems)
{
    public static WebhookAnswer No(string field, string problem) =>
        new(null, null, new Dictionary<string, string> { [field] = problem });
}

/// <summary>The one way by which pages and programs set up webhooks.</summary>
internal sealed class WebhookBook(
    CrmDbContext db, WebhookSecrets secrets, AuditLog audit, IOptions<WebhookOptions> options, TimeProvider clock)
{
    private const int Most = 20;

    /// <summary>How long the receiver has to take over a new secret.</summary>
    private static readonly TimeSpan OldSecretHolds = TimeSpan.FromHours(24);

    public Task<List<OutgoingWebhook>> ReadAsync(CancellationToken cancellationToken) => db.OutgoingWebhooks
        .AsNoTracking()
        .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id)
        .ToListAsync(cancellationToken);

    public Task<OutgoingWebhook?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        db.OutgoingWebhooks.FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    public async Task<WebhookAnswer> AddAsync(WebhookWish wish, Guid? by, CancellationToken cancellationToken)
    {
        var problems = ProblemsOf(wish with { Url = wish.Url ?? "", Events = wish.Events ?? [] });
        if (problems.Count > 0)
        {
            return new WebhookAnswer(null, null, problems);
        }

        if (await db.OutgoingWebhooks.CountAsync(cancellationToken) >= Most)
        {
            return WebhookAnswer.No("", $"There are {Most} webhooks already. Delete one that is not needed.");
        }

        var (now, secret) = (clock.GetUtcNow(), WebhookSecrets.Create());
        var id = Guid.CreateVersion7(now);
        var webhook = new OutgoingWebhook
        {
            Id = id,
            WorkspaceId = db.WorkspaceId,
            Url = wish.Url!, // checked above
            Events = [.. wish.Events!.Distinct()], // likewise
            Secret = secrets.Protect(db.WorkspaceId, id, secret),
            CreatedBy = by,
            CreatedAt = now,
        };
        db.OutgoingWebhooks.Add(webhook);
        audit.Add(by, "webhook.added", id.ToString(), after: new { host = new Uri(webhook.Url).Host, webhook.Events });
        await db.SaveChangesAsync(cancellationToken);
        return new WebhookAnswer(webhook, secret, problems);
    }

    public async Task<WebhookAnswer?> ChangeAsync(
        Guid id, WebhookWish wish, Guid? by, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } webhook)
        {
            return null;
        }

        var problems = ProblemsOf(wish);
        if (problems.Count > 0)
        {
            return new WebhookAnswer(null, null, problems);
        }

        webhook.Url = wish.Url ?? webhook.Url;
        webhook.Events = wish.Events is null ? webhook.Events : [.. wish.Events.Distinct()];
        if (wish.IsOn is { } isOn && isOn != (webhook.State == OutgoingWebhookState.Active))
        {
            webhook.State = isOn ? OutgoingWebhookState.Active : OutgoingWebhookState.Off;
            (webhook.StateReason, webhook.FailingSince, webhook.Failures, webhook.RestingUntil) = (null, null, 0, null);
        }

        audit.Add(
            by, "webhook.changed", id.ToString(),
            after: new { host = new Uri(webhook.Url).Host, webhook.Events, state = webhook.State.ToString() });
        await db.SaveChangesAsync(cancellationToken);
        return new WebhookAnswer(webhook, null, problems);
    }

    public async Task<WebhookAnswer?> RollAsync(Guid id, Guid? by, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } webhook)
        {
            return null;
        }

        var secret = WebhookSecrets.Create();
        (webhook.PreviousSecret, webhook.PreviousUntil) = (webhook.Secret, clock.GetUtcNow() + OldSecretHolds);
        webhook.Secret = secrets.Protect(webhook.WorkspaceId, webhook.Id, secret);
        audit.Add(by, "webhook.secret_rolled", id.ToString());
        await db.SaveChangesAsync(cancellationToken);
        return new WebhookAnswer(webhook, secret, new Dictionary<string, string>());
    }

    public async Task<bool> DeleteAsync(Guid id, Guid? by, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } webhook)
        {
            return false;
        }

        db.OutgoingWebhooks.Remove(webhook);
        audit.Add(by, "webhook.deleted", id.ToString(), before: new { host = new Uri(webhook.Url).Host });
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private Dictionary<string, string> ProblemsOf(WebhookWish wish)
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        if (wish.Url is not null && WebhookUrl.ProblemOf(wish.Url, options.Value.AllowPrivateTargets) is { } problem)
        {
            problems["url"] = problem;
        }

        if (wish.Events is { } events && (events.Count == 0 || events.Except(WebhookEvents.All).Any()))
        {
            problems["events"] = events.Count == 0
                ? "Choose at least one event."
                : $"There is no event {events.Except(WebhookEvents.All).First()}.";
        }

        return problems;
    }
}
