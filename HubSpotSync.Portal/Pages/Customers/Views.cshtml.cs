using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Customers.Views;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Customers;

/// <summary>Takes the forms of saved views.</summary>
internal sealed class ViewsModel(ViewBook views) : PageModel
{
    private Guid Me => User.UserId() ?? throw new InvalidOperationException("A session without a user.");

    public IActionResult OnGet() => Redirect(CustomerQuery.Path);

    public async Task<IActionResult> OnPostAsync(
        string? name, string? query, bool isShared, CancellationToken cancellationToken)
    {
        if (!await views.SaveAsync(Me, name, query, isShared, cancellationToken))
        {
            TempData["Refused"] = "A view needs a name of at most 60 letters.";
        }

        return Redirect(CustomerQuery.Parse(query).Href());
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid viewId, CancellationToken cancellationToken)
    {
        await views.DeleteAsync(Me, viewId, cancellationToken);
        return Redirect(CustomerQuery.Path);
    }
}
