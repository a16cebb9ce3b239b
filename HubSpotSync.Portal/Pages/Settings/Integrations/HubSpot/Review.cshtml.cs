using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Review;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Web;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>
/// Who would come, who is here already, and what shall become of each. Everybody may look; admins decide.
/// </summary>
internal sealed class ReviewModel(
    WorkspaceShell shell, CrmDbContext db, ReviewList list, ReviewChoices choices) : PageModel
{
    private const string Overview = "/settings/integrations/hubspot";
    private const int LargestFile = 20 * 1024 * 1024;

    [BindProperty(SupportsGet = true, Name = "show")]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Search { get; set; }

    [BindProperty(SupportsGet = true, Name = "page")]
    public int PageNumber { get; set; } = 1;

    public HubSpotConnection Connection { get; private set; } = null!; // set before any handler goes on

    public SyncRun? ActiveRun { get; private set; }

    /// <summary>The last import out of the review.</summary>
    public SyncRun? LastImport { get; private set; }

    public ReviewQuery Query { get; private set; } = null!; // set with the connection

    public ReviewCounts Counts { get; private set; } = new(0, 0, 0, 0, 0, 0, 0);

    public IReadOnlyList<Candidate> Rows { get; private set; } = [];

    public Paging Paging { get; private set; } = new(1, ReviewList.PageSize, 0);

    public IReadOnlyList<string> Problems { get; private set; } = [];

    public FieldMap Map => Connection.Policy.MapOf(RecordKind.Contact);

    public bool IsAdmin => User.IsAtLeast(WorkspaceRole.Admin);

    public string Heading => (Counts.All, Connection.IsUnderReview) switch
    {
        (0, true) when ActiveRun is not null => "Contacts are being read for your review",
        (0, true) => "Every contact is decided",
        (0, false) => "Nobody waits for your decision",
        _ => $"{Numbers.Of(Counts.All, "contact")} wait{(Counts.All == 1 ? "s" : "")} for your decision",
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        await ReadAsync(cancellationToken);
        return Page();
    }

    /// <summary>What a run left behind, when it has ended.</summary>
    public async Task<IActionResult> OnGetListAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return new NoContentResult();
        }

        await ReadAsync(cancellationToken);
        return Partial("_Review", this);
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = "attachment; filename=\"import-review.csv\"";
        await using var writer = new StreamWriter(Response.Body, new System.Text.UTF8Encoding(false));
        await writer.WriteAsync(ReviewFile.Head.AsMemory(), cancellationToken);
        await foreach (var candidate in list.StreamAsync(Connection.Id, Query, cancellationToken))
        {
            await writer.WriteAsync(ReviewFile.Line(candidate, Map).AsMemory(), cancellationToken);
        }

        await writer.FlushAsync(cancellationToken);
        return new EmptyResult();
    }

    public async Task<IActionResult> OnPostUploadAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        if (file is null or { Length: 0 or > LargestFile })
        {
            Problems = [$"Choose a CSV file of at most {LargestFile / 1024 / 1024} MB."];
            await ReadAsync(cancellationToken);
            return Page();
        }

        using var reader = new StreamReader(file.OpenReadStream());
        var (read, problems) = ReviewFile.Read(await reader.ReadToEndAsync(cancellationToken));
        if (problems.Count > 0)
        {
            Problems = [.. problems, "Nothing of the file was taken."];
            await ReadAsync(cancellationToken);
            return Page();
        }

        var taken = await choices.ChooseAsync(Connection.Id, read, cancellationToken);
        return Say(ReviewAnswers.Taken(taken, read.Count));
    }

    /// <summary>For one contact.</summary>
    public async Task<IActionResult> OnPostChooseAsync(
        long id, string? answer, Guid? customer, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        if (await list.FindAsync(Connection.Id, id, cancellationToken) is not { } known
            || (customer is { } named && known.Matches.All(match => match.Id != named)))
        {
            return NotFound();
        }

        if (ReviewAnswers.Read(answer) is not (true, var read))
        {
            return BadRequest();
        }

        await choices.ChooseAsync(Connection.Id, [new FileChoice(id, read, customer)], cancellationToken);
        if (!Request.Headers.ContainsKey("HX-Request"))
        {
            return Redirect(Query.Href(page: Query.Page));
        }

        await ReadAsync(cancellationToken);
        var row = await list.FindAsync(Connection.Id, id, cancellationToken);
        return row is null ? NotFound() : Partial("_ReviewRow", new ReviewLine(this, row) { IsAnswer = true });
    }

    /// <summary>For those that are ticked, or for all that the filter shows.</summary>
    public async Task<IActionResult> OnPostMarkAsync(
        List<long> ids, string? answer, string? scope, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        if (ReviewAnswers.Read(answer) is not (true, var read))
        {
            return BadRequest();
        }

        var all = scope == "all";
        if (!all && ids.Count == 0)
        {
            return Say("Tick the contacts that you mean, or choose “all that are shown”. Nothing was changed.");
        }

        var counts = await list.CountAsync(Connection.Id, Query.Search, cancellationToken);
        var taken = await choices.MarkAsync(
            Connection.Id, read, all ? null : [.. ids.Distinct()], Query, cancellationToken);
        return Say(ReviewAnswers.Taken(taken, all ? counts.Of(Query.Show) : ids.Count));
    }

    public async Task<IActionResult> OnPostImportAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        var decided = await choices.DecideAsync(Connection, User.UserId(), cancellationToken);
        return Say($"{Numbers.Of(decided, "decision")} saved. They are carried out now.");
    }

    public async Task<IActionResult> OnPostBeginAsync(CancellationToken cancellationToken) =>
        await ReviewAsync(true, "Contacts are read now, and nothing comes before you say so.", cancellationToken);

    public async Task<IActionResult> OnPostEndAsync(CancellationToken cancellationToken) =>
        await ReviewAsync(false, "The review is over: whoever matches your rules comes by itself.", cancellationToken);

    private async Task<IActionResult> ReviewAsync(bool isUnder, string said, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        await choices.ReviewAsync(Connection.Id, isUnder, User.UserId(), cancellationToken);
        return Say(said);
    }

    private RedirectResult Say(string said)
    {
        TempData["Said"] = said;
        return Redirect(Query.Href(page: Query.Page));
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var state = await shell.RequireAsync(cancellationToken);
        if (state.Connection is not { IsInUse: true } found)
        {
            return false;
        }

        (Connection, ActiveRun) = (found, state.ActiveRun);
        Query = ReviewQuery.Of(Show, Search, PageNumber);
        return true;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        Counts = await list.CountAsync(Connection.Id, Query.Search, cancellationToken);
        Paging = new Paging(Query.Page, ReviewList.PageSize, Counts.Of(Query.Show));
        Rows = await list.ReadAsync(Connection.Id, Query, Paging, cancellationToken);
        LastImport = await db.Runs.AsNoTracking()
            .Where(run => run.ConnectionId == Connection.Id && run.Depth == RunDepth.Decided && run.FinishedAt != null)
            .OrderByDescending(run => run.FinishedAt)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
