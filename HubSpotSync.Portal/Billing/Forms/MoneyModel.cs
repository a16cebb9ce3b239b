using HubSpotSync.Core.Billing;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Billing.Forms;

/// <summary>Money that moved, as it is typed.</summary>
internal sealed class MoneyInput
{
    /// <summary>Made with the form: however often it arrives, it is one booking.</summary>
    public Guid Id { get; set; }

    public string? Amount { get; set; }

    public string? On { get; set; }

    public string? Method { get; set; }

    public string? Reference { get; set; }
}

/// <summary>Records a payment or a refund.</summary>
internal abstract class MoneyModel(CrmDbContext db, WorkspaceToday today, TimeProvider clock) : PageModel
{
    public static IReadOnlyList<string> Methods { get; } =
        ["Bank transfer", "Card", "Direct debit", "Cash", "Cheque", "Other"];

    [BindProperty]
    public MoneyInput Input { get; set; } = new();

    public abstract bool IsRefund { get; }

    public Invoice Invoice { get; private set; } = null!; // set by the handlers, or 404

    public string? Refusal { get; private set; }

    /// <summary>What may be booked at most.</summary>
    public decimal Most => IsRefund ? Invoice.Paid : Invoice.Balance;

    public string Heading => $"Record a {What} for {Invoice.Number ?? "the draft"}";

    protected string What => IsRefund ? "refund" : "payment";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        Input = new MoneyInput
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Amount = AmountText.Write(Most, Currency.Find(Invoice.Currency)?.MinorUnits ?? 2),
            On = Dates.Field(await today.ReadAsync(cancellationToken)),
            Method = Methods[0],
        };
        return Most > 0 ? Page() : Redirect($"/invoices/{id}");
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, cancellationToken))
        {
            return NotFound();
        }

        if (Read(await today.ReadAsync(cancellationToken)) is not { } money)
        {
            return Page();
        }

        var by = User.UserId() ?? throw new InvalidOperationException("A session without a user.");
        var booking = await BookAsync(money, by, cancellationToken);
        if (booking == Booking.Done)
        {
            TempData["Said"] = $"The {What} of {Numbers.Money(money.Amount, Invoice.Currency)} is recorded.";
            return Redirect($"/invoices/{id}");
        }

        await LoadAsync(id, cancellationToken); // what is open may be another amount now
        if (booking is Booking.TooMuch or Booking.BadAmount)
        {
            ModelState.AddModelError("Input.Amount", AmountProblem(booking));
        }
        else
        {
            Refusal = BillingWords.Refusal(booking, "invoice");
        }

        return Page();
    }

    protected abstract Task<Booking> BookAsync(MoneyMoved money, Guid by, CancellationToken cancellationToken);

    private MoneyMoved? Read(DateOnly today)
    {
        var (amount, on) = (AmountText.Parse(Input.Amount), Dates.ReadField(Input.On));
        Need(amount is not null, "Amount", "Give an amount, such as 120.50.");
        Need(on is not null, "On", "Give a date, such as 2026-03-31.");
        Need(on is null || on <= today, "On", "This day is still to come. Record it once the money moved.");
        Need(Methods.Contains(Input.Method), "Method", "Choose from the list.");
        Need((Input.Reference?.Length ?? 0) <= 200, "Reference", "There is room for 200 characters here.");
        var reference = string.IsNullOrWhiteSpace(Input.Reference) ? null : Input.Reference.Trim();
        return ModelState.IsValid
            ? new MoneyMoved(Input.Id, amount!.Value, on!.Value, Input.Method!, reference) // all needed above
            : null;
    }

    private string AmountProblem(Booking booking) => booking == Booking.BadAmount
        ? $"An amount is above zero and no finer than {Currency.Find(Invoice.Currency)?.MinorUnits ?? 2} decimals."
        : IsRefund
            ? $"Only {Numbers.Money(Most, Invoice.Currency)} were paid; no more can go back."
            : $"Only {Numbers.Money(Most, Invoice.Currency)} are open. Record that; the rest belongs elsewhere.";

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var invoice = await db.Invoices.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        Invoice = invoice!; // only read where it was found
        return invoice is not null;
    }

    private void Need(bool isSo, string field, string problem)
    {
        if (!isSo)
        {
            ModelState.AddModelError($"Input.{field}", problem);
        }
    }
}
