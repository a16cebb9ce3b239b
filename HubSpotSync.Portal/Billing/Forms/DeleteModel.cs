using HubSpotSync.Data.Billing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Billing.Forms;

/// <summary>Deletes a draft. What has a number stays.</summary>
internal abstract class DeleteModel : PageModel
{
    public abstract string What { get; }

    protected abstract string List { get; }

    public Guid Id { get; private set; }

    public string Back => $"{List}/{Id}";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        Id = id;
        return await IsDraftAsync(id, cancellationToken) switch
        {
            null => NotFound(),
            false => Redirect(Back),
            true => Page(),
        };
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        Id = id;
        var booking = await DeleteAsync(id, cancellationToken);
        if (booking == Booking.Moved)
        {
            TempData["Said"] = $"The {What} was sent meanwhile, so it stays.";
            return Redirect(Back);
        }

        if (booking == Booking.Gone)
        {
            return NotFound();
        }

        TempData["Said"] = "The draft is deleted.";
        return Redirect(List);
    }

    /// <returns><c>null</c> where there is none.</returns>
    protected abstract Task<bool?> IsDraftAsync(Guid id, CancellationToken cancellationToken);

    protected abstract Task<Booking> DeleteAsync(Guid id, CancellationToken cancellationToken);
}
