using HubSpotSync.Data;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Customers.Csv;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Customers;

[RequestSizeLimit(CsvUpload.LargestFile + 100_000)]
internal sealed class ImportModel(CrmDbContext db, CsvUpload upload) : PageModel
{
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
        var (import, problem) = await upload.TakeAsync(file.FileName, content, by, cancellationToken);
        if (import is not null)
        {
            return Redirect($"/customers/import/{import.Id}");
        }

        Problem = problem;
        await ReadAsync(cancellationToken);
        return Page();
    }

    private async Task ReadAsync(CancellationToken cancellationToken) =>
        Recent = await db.CsvImports.AsNoTracking()
            .Where(import => import.RowCount > 0)
            .OrderByDescending(import => import.CreatedAt)
            .Take(10)
            .ToListAsync(cancellationToken);
}
