using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Billing.Forms;

/// <summary>What the editor's pages share: the form, the buttons that change it unsaved, and its totals.</summary>
internal abstract class EditorModel(EditorServices services) : PageModel
{
    [BindProperty]
    public PaperInput Input { get; set; } = new();

    public abstract bool IsInvoice { get; }

    /// <summary>Whether it is saved for the first time.</summary>
    public abstract bool IsNew { get; }

    public abstract string Heading { get; }

    public string What => IsInvoice ? "invoice" : "proposal";

    public string Back => IsNew
        ? IsInvoice ? "/invoices" : "/invoices/proposals"
        : IsInvoice ? $"/invoices/{Input.Id}" : $"/invoices/proposals/{Input.Id}";

    public BuyerChoice? Customer { get; private set; }

    public IReadOnlyList<BuyerChoice> Choices { get; private set; } = [];

    public bool HasSearched { get; private set; }

    /// <summary>The line that the cursor goes to.</summary>
    public int FocusedLine { get; private set; } = -1;

    public Clash? Clash { get; protected set; }

    public Invoice? Other { get; protected set; }

    /// <summary>Why it was not saved, where no field is to blame.</summary>
    public string? Refusal { get; protected set; }

    /// <summary>What the lines come to that can be read.</summary>
    public PaperTotals Totals { get; private set; } = PaperTotals.Of([], Currency.All[0]);

    public string CurrencyCode => Currency.Find(Input.Currency)?.Code ?? "";

    protected EditorServices Services => services;

    public string? ProblemOf(string field) =>
        ModelState[$"Input.{field}"]?.Errors.FirstOrDefault()?.ErrorMessage;

    /// <summary>The net of a line, where it can be read.</summary>
    public string NetOf(LineInput line) =>
        Currency.Find(Input.Currency) is { } currency && PaperForm.TryRead(line) is { } read
            ? Numbers.Amount(read.Net(currency), currency.Code)
            : "–";

    /// <summary>Adds, removes and moves lines, finds a customer, takes one over; nothing is saved.</summary>
    public async Task<IActionResult> OnPostChangeAsync(
        [FromForm(Name = "do")] string? command, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        var workspace = await services.Today.WorkspaceAsync(cancellationToken);
        FocusedLine = LineCommand.Apply(Input.Lines, command, Prefill.TaxRateOf(workspace));
        if (command == "find")
        {
            HasSearched = true;
            Choices = await services.Buyers.FindAsync(Input.Find, cancellationToken);
        }
        else if (command?.StartsWith("take:", StringComparison.Ordinal) == true
            && Guid.TryParse(command["take:".Length..], out var customer)
            && await services.Buyers.TakeAsync(Input, customer, cancellationToken))
        {
            Input.Find = "";
        }

        return await ShowAsync(cancellationToken);
    }

    /// <summary>Draws the form as it is filled.</summary>
    protected async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        if (Input.Lines.Count == 0)
        {
            var workspace = await services.Today.WorkspaceAsync(cancellationToken);
            Input.Lines.Add(new LineInput { TaxRate = Prefill.TaxRateOf(workspace) });
        }

        Customer = await services.Buyers.ReadAsync(Input.CustomerId, cancellationToken);
        if (Currency.Find(Input.Currency) is { } currency)
        {
            Totals = PaperTotals.Of([.. Input.Lines.Select(PaperForm.TryRead).OfType<PaperLine>()], currency);
        }

        return Page();
    }

    protected PaperValues? Read() => new PaperForm(Input, ModelState, IsInvoice).Read();

    protected Guid By => User.UserId() ?? throw new InvalidOperationException("A session without a user.");
}

/// <summary>What an editor page needs, in one.</summary>
internal sealed record EditorServices(
    PaperDrafts Drafts, Prefill Prefill, Buyers Buyers, WorkspaceToday Today, PeopleNames People);
