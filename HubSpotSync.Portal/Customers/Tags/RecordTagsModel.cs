using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Tags;

/// <summary>The tags beside a record's name.</summary>
/// <param name="All">What there is to choose from.</param>
internal sealed record TagStrip(
    RecordKind Kind, Guid Id, IReadOnlyList<Tag> Tags, IReadOnlyList<Tag> All, bool IsArchived)
{
    /// <summary>What is said of it before its tags, and where those are of whom the same is said.</summary>
    public (string Label, string Href)? First { get; init; }

    public string List => RecordNames.ListOf(Kind);
}

/// <summary>Takes the forms of a record's tags.</summary>
internal abstract class RecordTagsModel(CrmDbContext db, TagBook book) : PageModel
{
    protected abstract RecordKind Kind { get; }

    public IActionResult OnGet(Guid id) => Redirect(RecordNames.HrefOf(Kind, id));

    public async Task<IActionResult> OnPostAsync(Guid id, string? name, CancellationToken cancellationToken)
    {
        if (!await book.HasAsync(Kind, id, cancellationToken))
        {
            return NotFound();
        }

        if (await book.NamedAsync(name, cancellationToken) is { } tag)
        {
            await book.SetAsync(Kind, [id], new TagChange(tag, IsOn: true), cancellationToken);
        }
        else
        {
            TempData["Refused"] = "A tag has at least one letter and at most 50.";
        }

        return Redirect(RecordNames.HrefOf(Kind, id));
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, Guid tagId, CancellationToken cancellationToken)
    {
        if (!await book.HasAsync(Kind, id, cancellationToken))
        {
            return NotFound();
        }

        if (await db.Tags.FirstOrDefaultAsync(tag => tag.Id == tagId, cancellationToken) is { } tag)
        {
            await book.SetAsync(Kind, [id], new TagChange(tag, IsOn: false), cancellationToken);
        }

        return Redirect(RecordNames.HrefOf(Kind, id));
    }
}

internal sealed class CustomerTagsModel(CrmDbContext db, TagBook book) : RecordTagsModel(db, book)
{
    protected override RecordKind Kind => RecordKind.Contact;
}

internal sealed class CompanyTagsModel(CrmDbContext db, TagBook book) : RecordTagsModel(db, book)
{
    protected override RecordKind Kind => RecordKind.Company;
}
