using HubSpotSync.Data;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Audit;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Settings.Audit;

/// <summary>What the filters find, as a file.</summary>
internal sealed class AuditExportModel(CrmDbContext db, AuditExport export, AuditLog audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        audit.Add(User.UserId(), "audit.exported");
        await db.SaveChangesAsync(cancellationToken);
        Response.IsCsvFile("audit.csv");
        var query = AuditQuery.Of(Request.Query) with { Before = null, After = null };
        await export.WriteAsync(query, Response.Body, cancellationToken);
        return new EmptyResult();
    }
}
