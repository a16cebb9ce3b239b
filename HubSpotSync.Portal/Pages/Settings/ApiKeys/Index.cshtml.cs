using HubSpotSync.Data;
using HubSpotSync.Data.Api;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Billing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Settings.ApiKeys;

/// <summary>Makes keys for programs, shows them once, and takes them back.</summary>
internal sealed class ApiKeysModel(
    CrmDbContext db, ApiKeyBook book, PeopleNames people, AuditLog audit, TimeProvider clock) : PageModel
{
    public const string Path = "/settings/api-keys";
    public const int LongestName = 100;

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public List<string> Scopes { get; set; } = [];

    public IReadOnlyList<ApiKey> Keys { get; private set; } = [];

    public IReadOnlyDictionary<Guid, string> Makers { get; private set; } = new Dictionary<Guid, string>();

    /// <summary>The key that was just made; shown now and never again.</summary>
    public string? Secret { get; private set; }

    public string? MadeFor { get; private set; }

    public int InUse => Keys.Count(key => key.RevokedAt is null);

    public Task OnGetAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        return LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        var name = Name?.Trim() ?? "";
        if (name.Length is 0 or > LongestName)
        {
            ModelState.AddModelError(
                nameof(Name), $"Name the program that will use it, in up to {LongestName} letters.");
        }

        if (!Scopes.Exists(ApiScopes.All.Contains))
        {
            ModelState.AddModelError(nameof(Scopes), "Choose at least one thing that it may do.");
        }

        if (ModelState.IsValid)
        {
            (var key, Secret) = book.Add(name, Scopes, User.UserId());
            audit.Add(User.UserId(), "api_key.made", key.Id.ToString(), after: new { key.Name, key.Scopes });
            await db.SaveChangesAsync(cancellationToken);
            (MadeFor, Name, Scopes) = (name, null, []);
        }

        await LoadAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        var key = await db.ApiKeys.FirstOrDefaultAsync(
            row => row.Id == id && row.RevokedAt == null, cancellationToken);
        if (key is not null)
        {
            key.RevokedAt = clock.GetUtcNow();
            audit.Add(User.UserId(), "api_key.revoked", key.Id.ToString());
            await db.SaveChangesAsync(cancellationToken);
            TempData["Said"] = $"The key of {key.Name} lets nobody in any more.";
        }

        return Redirect(Path);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Keys = await book.ReadAsync(cancellationToken);
        Makers = await people.OfAsync(Keys.Select(key => key.CreatedBy), cancellationToken);
    }
}
