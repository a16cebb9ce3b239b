using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Csv;

/// <summary>Takes a file of customers or companies in.</summary>
[RequestSizeLimit(CsvUpload.LargestFile + 100_000)]
internal sealed class ImportModel(CrmDbContext db, CsvUpload upload) : PageModel
{
    public ImportWords Words => ImportWords.Of(PageContext);

    private RecordKind Kind => Words.Kind;

    public string? Problem { get; private set; }

    public IReadOnlyList<CsvImport> Recent { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken);

    public async Task<IActionResult> OnPostAsync(IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null || file.Length > CsvUpload.LargestFile)
        {
            Problem = file is null ? "Choose a file first." : "The file is larger than 25 MB. Cut it into parts.";
            await ReadAsync(cancellationToken);
            return Page();
        }

        var by = User.UserId() ?? throw new InvalidOperationException("A session without a user.");
        await using var content = file.OpenReadStream();
        var (import, problem) = await upload.TakeAsync(Kind, file.FileName, content, by, cancellationToken);
        if (import is not null)
        {
            return Redirect($"{Words.Address}/{import.Id}");
        }

        Problem = problem;
        await ReadAsync(cancellationToken);
        return Page();
    }

    private async Task ReadAsync(CancellationToken cancellationToken) =>
        Recent = await db.CsvImports.AsNoTracking()
            .Where(import => import.Kind == Kind && import.RowCount > 0)
            .OrderByDescending(import => import.CreatedAt)
            .Take(10)
            .ToListAsync(cancellationToken);
}
