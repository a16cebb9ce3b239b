using HubSpotSync.Data.OutgoingWebhooks;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.OutgoingWebhooks;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Settings.Webhooks;

/// <summary>Lists webhooks, and sets up another one.</summary>
internal sealed class WebhooksModel(WebhookBook book) : PageModel
{
    public const string Path = "/settings/webhooks";

    [BindProperty]
    public string? Address { get; set; }

    [BindProperty]
    public List<string> Events { get; set; } = [];

    public IReadOnlyList<OutgoingWebhook> Webhooks { get; private set; } = [];

    /// <summary>Of the webhook that was just set up; shown now and never again.</summary>
    public string? Secret { get; private set; }

    public int Failed => Webhooks.Count(one => one.State == OutgoingWebhookState.Failed);

    public Task OnGetAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        return LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        var answer = await book.AddAsync(
            new WebhookWish(Address?.Trim(), Events, true), User.UserId(), cancellationToken);
        foreach (var (field, problem) in answer.Problems)
        {
            ModelState.AddModelError(
                field switch { "url" => nameof(Address), "events" => nameof(Events), _ => "" }, problem);
        }

        if (answer.Secret is not null)
        {
            (Secret, Address, Events) = (answer.Secret, null, []);
        }

        await LoadAsync(cancellationToken);
        return Page();
    }

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        Webhooks = await book.ReadAsync(cancellationToken);
}
