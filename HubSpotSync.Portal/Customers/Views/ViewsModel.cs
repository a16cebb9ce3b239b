using HubSpotSync.Core.Records;
using HubSpotSync.Portal.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Customers.Views;

/// <summary>Takes the forms of saved views.</summary>
internal abstract class ViewsModel(ViewBook views) : PageModel
{
    private Guid Me => User.UserId() ?? throw new InvalidOperationException("A session without a user.");

    protected abstract RecordKind Kind { get; }

    public IActionResult OnGet() => Redirect(RecordNames.ListOf(Kind));

    public async Task<IActionResult> OnPostAsync(
        string? name, string? query, bool isShared, CancellationToken cancellationToken)
    {
        if (!await views.SaveAsync(Kind, Me, new ViewWish(name, query, isShared), cancellationToken))
        {
            TempData["Refused"] = "A view needs a name of at most 60 letters.";
        }

        return Redirect(RecordLists.HrefOf(Kind, query));
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid viewId, CancellationToken cancellationToken)
    {
        await views.DeleteAsync(Me, viewId, cancellationToken);
        return Redirect(RecordNames.ListOf(Kind));
    }
}

internal sealed class CustomerViewsModel(ViewBook views) : ViewsModel(views)
{
    protected override RecordKind Kind => RecordKind.Contact;
}

internal sealed class CompanyViewsModel(ViewBook views) : ViewsModel(views)
{
    protected override RecordKind Kind => RecordKind.Company;
}
