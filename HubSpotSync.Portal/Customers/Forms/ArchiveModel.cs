using HubSpotSync.Core.Records;
using HubSpotSync.Portal.Customers.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Customers.Forms;

/// <summary>Archives a record and takes it back. Both are a click, since each undoes the other.</summary>
internal abstract class ArchiveModel(RecordWriter writer) : PageModel
{
    protected abstract RecordKind Kind { get; }

    public IActionResult OnGet(Guid id) => Redirect(RecordNames.HrefOf(Kind, id));

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken) =>
        Answer(id, await writer.ArchiveAsync(Kind, id, cancellationToken), "Archived. It is in no list any more.");

    public async Task<IActionResult> OnPostRestoreAsync(Guid id, CancellationToken cancellationToken) =>
        Answer(id, await writer.RestoreAsync(Kind, id, cancellationToken), "Restored.");

    private IActionResult Answer(Guid id, WriteAnswer answer, string said)
    {
        if (answer is WriteAnswer.Gone)
        {
            return NotFound();
        }

        if (answer is WriteAnswer.Refused refused)
        {
            TempData["Refused"] = string.Join(' ', refused.Problems.Values);
        }
        else
        {
            TempData["Said"] = said;
        }

        return Redirect(RecordNames.HrefOf(Kind, id));
    }
}

internal sealed class ArchiveCustomerModel(RecordWriter writer) : ArchiveModel(writer)
{
    protected override RecordKind Kind => RecordKind.Contact;
}

internal sealed class ArchiveCompanyModel(RecordWriter writer) : ArchiveModel(writer)
{
    protected override RecordKind Kind => RecordKind.Company;
}
