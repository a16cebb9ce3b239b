using System.Globalization;
using HubSpotSync.Core.Billing;
using HubSpotSync.Portal.Billing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace HubSpotSync.Portal.Pages.Invoices.Proposals;

internal sealed class ProposalsModel(ProposalList proposals, WorkspaceToday today) : PageModel
{
    public string? Search { get; private set; }

    public ProposalState? State { get; private set; }

    public ProposalPage Found { get; private set; } = null!; // set by the one handler

    public DateOnly Today { get; private set; }

    public string Href(ProposalState? state, int page) => QueryHelpers.AddQueryString(
        "/invoices/proposals",
        new Dictionary<string, string?>(
            new (string Name, string? Value)[]
            {
                ("q", Search),
                ("state", state?.ToString()),
                ("page", page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null),
            }
            .Where(pair => pair.Value is not null)
            .Select(pair => KeyValuePair.Create(pair.Name, pair.Value))));

    public async Task OnGetAsync(
        string? q, string? state, [FromQuery(Name = "page")] int pageNumber, CancellationToken cancellationToken)
    {
        Search = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        State = Enum.TryParse<ProposalState>(state, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed)
            ? parsed
            : null;
        Today = await today.ReadAsync(cancellationToken);
        Found = await proposals.ReadAsync(Search, State, Math.Max(1, pageNumber), cancellationToken);
    }
}
