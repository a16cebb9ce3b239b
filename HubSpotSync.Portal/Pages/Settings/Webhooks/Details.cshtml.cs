using HubSpotSync.Data.OutgoingWebhooks;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.OutgoingWebhooks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Settings.Webhooks;

/// <summary>A webhook, what it was told, and what can be done about it.</summary>
internal sealed class WebhookModel(WebhookBook book, DeliveryLog log) : PageModel
{
    private const int PageSize = 50;

    [BindProperty]
    public List<string> Events { get; set; } = [];

    public OutgoingWebhook Webhook { get; private set; } = null!; // set by the handlers, or 404

    public IReadOnlyList<WebhookDelivery> Deliveries { get; private set; } = [];

    public string? Next { get; private set; }

    public string? Secret { get; private set; }

    public string Heading => new Uri(Webhook.Url).Host;

    public async Task<IActionResult> OnGetAsync(Guid id, string? after, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        return await ShowAsync(id, after, cancellationToken);
    }

    /// <summary>How the last deliveries stand, for the live part of the page.</summary>
    public async Task<IActionResult> OnGetLogAsync(Guid id, string? after, CancellationToken cancellationToken) =>
        await ShowAsync(id, after, cancellationToken) is PageResult ? Partial("_Deliveries", this) : NotFound();

    public Task<IActionResult> OnPostOnAsync(Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(id, new WebhookWish(null, null, true), "It is told of changes again.", cancellationToken);

    public Task<IActionResult> OnPostOffAsync(Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(id, new WebhookWish(null, null, false), "It is told nothing any more.", cancellationToken);

    public Task<IActionResult> OnPostEventsAsync(Guid id, CancellationToken cancellationToken) =>
        ChangeAsync(id, new WebhookWish(null, Events, null), "Saved.", cancellationToken);

    public async Task<IActionResult> OnPostTestAsync(Guid id, CancellationToken cancellationToken) =>
        Say(id, await log.TestAsync(id, cancellationToken), "A test is on its way; see below whether it arrives.");

    public async Task<IActionResult> OnPostAgainAsync(Guid id, Guid delivery, CancellationToken cancellationToken) =>
        Say(id, await log.AgainAsync(id, delivery, cancellationToken), "It is told once more.");

    public async Task<IActionResult> OnPostRollAsync(Guid id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        Secret = (await book.RollAsync(id, User.UserId(), cancellationToken))?.Secret;
        return await ShowAsync(id, null, cancellationToken);
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await book.DeleteAsync(id, User.UserId(), cancellationToken))
        {
            return NotFound();
        }

        TempData["Said"] = "The webhook is deleted.";
        return Redirect(WebhooksModel.Path);
    }

    private async Task<IActionResult> ChangeAsync(
        Guid id, WebhookWish wish, string said, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        var answer = await book.ChangeAsync(id, wish, User.UserId(), cancellationToken);
        if (answer is not { Problems.Count: > 0 })
        {
            return Say(id, answer is not null, said);
        }

        ModelState.AddModelError(nameof(Events), answer.Problems.Values.First());
        return await ShowAsync(id, null, cancellationToken);
    }

    private IActionResult Say(Guid id, bool isDone, string said)
    {
        if (!isDone)
        {
            return NotFound();
        }

        TempData["Said"] = said;
        return Redirect($"{WebhooksModel.Path}/{id}");
    }

    private async Task<IActionResult> ShowAsync(Guid id, string? after, CancellationToken cancellationToken)
    {
        if (await book.FindAsync(id, cancellationToken) is not { } webhook)
        {
            return NotFound();
        }

        Webhook = webhook;
        Events = ModelState.IsValid ? [.. webhook.Events] : Events;
        var rows = await log.ReadAsync(id, ListCursor.Read(after, isAfter: true), PageSize + 1, cancellationToken);
        Deliveries = [.. rows.Take(PageSize)];
        Next = rows.Count > PageSize
            ? new ListCursor(ListCursor.KeyOf(Deliveries[^1].OccurredAt), Deliveries[^1].Id, IsAfter: true).ToString()
            : null;
        return Page();
    }
}
