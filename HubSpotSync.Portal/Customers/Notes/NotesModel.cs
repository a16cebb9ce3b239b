using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Customers.Notes;

/// <summary>Takes the forms of a record's notes; drawn only where two people edited the same one.</summary>
internal abstract class NotesModel(NoteBook book) : PageModel
{
    [BindProperty]
    public Guid NoteId { get; set; }

    [BindProperty]
    public uint Version { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    public Note Theirs { get; private set; } = null!; // set where it is drawn

    public string Back { get; private set; } = "";

    protected abstract RecordKind Kind { get; }

    private Writer Me => new(
        User.UserId() ?? throw new InvalidOperationException("A session without a user."),
        User.IsAtLeast(WorkspaceRole.Admin));

    public IActionResult OnGet(Guid id) => Redirect(AddressOf(id));

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken) =>
        Answer(id, await book.AddAsync(Kind, id, NoteId, Text, Me.Id, cancellationToken));

    public async Task<IActionResult> OnPostEditAsync(Guid id, CancellationToken cancellationToken)
    {
        var answer = await book.EditAsync(NoteId, Version, Text, Me, cancellationToken);
        if (answer != NoteAnswer.Moved || await book.FindAsync(NoteId, cancellationToken) is not { } theirs)
        {
            return Answer(id, answer);
        }

        ModelState.Clear();
        (Theirs, Version, Back) = (theirs, theirs.Version, AddressOf(id));
        return Page();
    }

    public async Task<IActionResult> OnPostDeleteAsync(Guid id, CancellationToken cancellationToken) =>
        await book.HasRecordAsync(Kind, id, cancellationToken)
            ? Answer(id, await book.DeleteAsync(NoteId, Me, cancellationToken))
            : NotFound();

    private IActionResult Answer(Guid id, NoteAnswer answer)
    {
        if (answer == NoteAnswer.Gone)
        {
            return NotFound();
        }

        if (answer != NoteAnswer.Done)
        {
            TempData["Refused"] = answer == NoteAnswer.NotYours
                ? "Somebody else wrote this note. They or an admin can change it."
                : "A note has at least one letter and at most 10,000.";
        }

        return Redirect($"{AddressOf(id)}#timeline");
    }

    private string AddressOf(Guid id) => $"{(Kind == RecordKind.Contact ? "/customers" : "/companies")}/{id}";
}

internal sealed class CustomerNotesModel(NoteBook book) : NotesModel(book)
{
    protected override RecordKind Kind => RecordKind.Contact;
}

internal sealed class CompanyNotesModel(NoteBook book) : NotesModel(book)
{
    protected override RecordKind Kind => RecordKind.Company;
}
