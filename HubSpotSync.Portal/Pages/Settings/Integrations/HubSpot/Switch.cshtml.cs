using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Connect;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>Somebody signed in to another account than the connected one: which of the two shall it be?</summary>
internal sealed class SwitchModel(AccountSwitch accounts, CrmDbContext db) : PageModel
{
    public const string Path = "/settings/integrations/hubspot/switch";
    private const string Overview = "/settings/integrations/hubspot";

    private static readonly (RecordKind Kind, string One, string Many)[] Kinds =
    [
        (RecordKind.Contact, "customer", "customers"), (RecordKind.Company, "company", "companies"),
        (RecordKind.Deal, "deal", "deals"),
    ];

    private PendingSwitch? _pending;

    public ConnectProblem? Problem { get; private set; }

    public Guid Id => _pending?.Grant.Id ?? Guid.Empty;

    /// <summary>The account somebody signed in to.</summary>
    public NewConnection Offered => _pending!.Offered; // shown where there is no problem

    /// <summary><c>null</c>: it was disconnected meanwhile.</summary>
    public HubSpotConnection? Connected => _pending?.Connected;

    /// <summary>"3,412 customers, 120 companies and 88 deals"; <c>null</c>: none is linked.</summary>
    public string? Linked { get; private set; }

    /// <summary>What waits to be sent to the account that is connected.</summary>
    public int Waiting { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await FindAsync(cancellationToken);
        await CountAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostSwitchAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } pending)
        {
            Problem = id == pending.Grant.Id
                ? await accounts.SwitchAsync(pending, cancellationToken)
                : ConnectProblem.OtherPage;
        }

        if (Problem is not null)
        {
            return Page();
        }

        BrowserNonce.OfSwitch.Take(HttpContext);
        TempData["Said"] = $"{Offered.AccountName} ({Offered.HubId}) is connected. Its contacts wait for your review.";
        return Redirect($"{Overview}/filter");
    }

    public async Task<IActionResult> OnPostStayAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } pending && id != pending.Grant.Id)
        {
            Problem = ConnectProblem.OtherPage;
        }

        if (Problem is not null)
        {
            return Page();
        }

        await accounts.StayAsync(_pending!, cancellationToken); // no problem: it was found
        BrowserNonce.OfSwitch.Take(HttpContext);
        TempData["Said"] = $"Nothing has changed. What you allowed in {Offered.AccountName} is forgotten here.";
        return Redirect(Overview);
    }

    private async Task<PendingSwitch?> FindAsync(CancellationToken cancellationToken)
    {
        var visitor = new ConnectVisitor(
            User.UserId()!.Value, // signed in: the policy asks for it
            User.WorkspaceId()!.Value, // likewise
            BrowserNonce.OfSwitch.Read(HttpContext));
        (_pending, Problem) = await accounts.FindAsync(visitor, cancellationToken);
        return _pending;
    }

    private async Task CountAsync(CancellationToken cancellationToken)
    {
        if (Connected is not { Id: var connected })
        {
            return;
        }

        var linked = await accounts.CountLinkedAsync(connected, cancellationToken);
        List<string> parts =
        [
            .. Kinds.Where(kind => linked.GetValueOrDefault(kind.Kind) > 0)
                .Select(kind => Numbers.Of(linked[kind.Kind], kind.One, kind.Many)),
        ];
        Linked = parts.Count == 0 ? null : Numbers.List(parts);
        Waiting = (await db.Database.SqlQuery<int>(
            $"""select count(*)::int as "Value" from sync_requests where connection_id = {connected}""")
            .ToListAsync(cancellationToken))[0];
    }
}
