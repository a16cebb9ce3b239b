using HubSpotSync.Data;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Tags;

/// <summary>Takes the forms of a customer's tags.</summary>
internal sealed class CustomerTagsModel(CrmDbContext db, TagBook book) : PageModel
{
    public IActionResult OnGet(Guid id) => Redirect($"/customers/{id}");

    public async Task<IActionResult> OnPostAsync(Guid id, string? name, CancellationToken cancellationToken)
    {
        if (!await IsThereAsync(id, cancellationToken))
        {
            return NotFound();
        }

        if (await book.NamedAsync(name, cancellationToken) is { } tag)
        {
            await book.SetAsync([id], tag, isOn: true, null, cancellationToken);
        }
        else
        {
            TempData["Refused"] = "A tag has at least one letter and at most 50.";
        }

        return Redirect($"/customers/{id}");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, Guid tagId, CancellationToken cancellationToken)
    {
        if (!await IsThereAsync(id, cancellationToken))
        {
            return NotFound();
        }

        if (await db.Tags.FirstOrDefaultAsync(tag => tag.Id == tagId, cancellationToken) is { } tag)
        {
            await book.SetAsync([id], tag, isOn: false, null, cancellationToken);
        }

        return Redirect($"/customers/{id}");
    }

    private Task<bool> IsThereAsync(Guid id, CancellationToken cancellationToken) =>
        db.Customers.AnyAsync(customer => customer.Id == id, cancellationToken);
}
