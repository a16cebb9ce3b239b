using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Duplicates;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Duplicates;
using HubSpotSync.Portal.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Duplicates;

/// <summary>Two customers side by side: merge them field by field, or say that they are two.</summary>
internal sealed class CompareModel(
    WorkspaceShell shell, Comparisons comparisons, DuplicateQueue queue, RecordMerge merge, AuditLog audit,
    Data.CrmDbContext db) : PageModel
{
    private const string First = "first";

    [BindProperty(SupportsGet = true, Name = "one")]
    public Guid One { get; set; }

    [BindProperty(SupportsGet = true, Name = "other")]
    public Guid Other { get; set; }

    public Comparison Pair { get; private set; } = null!; // set before the page is drawn

    public Data.Connections.HubSpotConnection? Connection { get; private set; }

    public bool CanAnswer => User.IsAtLeast(WorkspaceRole.Member);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Page() : NotFound();

    /// <param name="stays"><c>first</c> or <c>second</c>, as they were drawn.</param>
    /// <param name="take">By field: whose value stays.</param>
    public async Task<IActionResult> OnPostMergeAsync(
        Guid stays, Dictionary<string, string> take, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        if (stays != Pair.First.Id && stays != Pair.Second.Id)
        {
            ModelState.AddModelError("", "Choose which of the two stays.");
            return Page();
        }

        var goes = stays == Pair.First.Id ? Pair.Second.Id : Pair.First.Id;
        var fromOther = Pair.Differing
            .Where(field => take.GetValueOrDefault(field.Name, field.TakesFirst ? First : "second") == First
                != (stays == Pair.First.Id))
            .Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        var answer = await merge.MergeAsync(RecordKind.Contact, stays, goes, fromOther, cancellationToken);
        if (answer != MergeAnswer.Merged)
        {
            TempData["Said"] = "Nothing was done: somebody has merged or archived one of the two meanwhile.";
            return Redirect(DuplicatesModel.Path);
        }

        TempData["Said"] = Pair.BothLinked
            ? "The two are one now. In HubSpot there are still two contacts; merge them there, and we follow."
            : "The two are one now.";
        return Redirect($"/customers/{stays}");
    }

    public Task<IActionResult> OnPostDistinctAsync(CancellationToken cancellationToken) =>
        AnswerAsync(DuplicateAnswer.Distinct, "Kept as two. Nobody is asked about them again.", cancellationToken);

    public Task<IActionResult> OnPostLaterAsync(CancellationToken cancellationToken) =>
        AnswerAsync(DuplicateAnswer.Later, "Put aside; the pair is under “Later”.", cancellationToken);

    private async Task<IActionResult> AnswerAsync(
        DuplicateAnswer answer, string said, CancellationToken cancellationToken)
    {
        if (!await queue.AnswerAsync(One, Other, answer, User.UserId(), cancellationToken))
        {
            return NotFound();
        }

        if (answer == DuplicateAnswer.Distinct)
        {
            audit.Add(User.UserId(), "customer.not_duplicate", $"customer {One}", null, new { other = Other });
            await db.SaveChangesAsync(cancellationToken);
        }

        TempData["Said"] = said;
        return Redirect(DuplicatesModel.Path);
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        Connection = (await shell.RequireAsync(cancellationToken)).Connection;
        var found = await comparisons.FindAsync(One, Other, Connection, cancellationToken);
        Pair = found!; // a page without it is not drawn
        return found is not null;
    }
}
