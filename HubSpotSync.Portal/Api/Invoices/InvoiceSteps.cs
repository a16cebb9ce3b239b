using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Billing.Forms;
using HubSpotSync.Portal.Billing.Mail;
using HubSpotSync.Portal.Loops;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Api.Invoices;

/// <summary>Moves an invoice on for a program: sent, called off, deleted.</summary>
internal sealed class InvoiceSteps(
    InvoiceBook book, InvoiceDesk desk, IOptions<MailOptions> mailing, LoopSignal<MailLoop> signal, TimeProvider clock)
{
    private const int LongestReason = 500;

    public async Task<IResult> SendAsync(
        Guid id, SendInvoiceInput input, HttpContext http, CancellationToken cancellationToken)
    {
        var (seen, problem) = http.ReadIfMatch();
        var invoice = await desk.FindAsync(id, cancellationToken);
        problem ??= invoice is null ? ApiProblem.NotFound() : ProblemOf(input.Email);
        if (problem is not null)
        {
            return problem;
        }

        if (InvoiceRules.IsNumbered(invoice!.State)) // there without a problem
        {
            return ApiProblem.Conflict("already_sent", "This invoice was sent already.");
        }

        if (seen!.Number is { } version && version != invoice.Version) // likewise
        {
            http.SayVersion(invoice.Version);
            return RowVersions.ChangedMeanwhile(new Dictionary<string, BothValues>(), InvoiceView.Of(invoice));
        }

        var mail = input.Email is { } email
            ? new MailToSend(
                Guid.CreateVersion7(clock.GetUtcNow()), email.Recipient.Trim(), email.Subject.Trim(), email.Message)
            : null;
        var booking = await book.SendAsync(id, invoice.Version, mail, null, cancellationToken);
        http.Response.OnCompleted(() =>
        {
            signal.Ring(); // after the transaction, or there is nothing to be found yet
            return Task.CompletedTask;
        });
        return await AnswerAsync(booking, id, http, cancellationToken);
    }

    public async Task<IResult> VoidAsync(
        Guid id, VoidInvoiceInput input, HttpContext http, CancellationToken cancellationToken) =>
        input.Reason?.Length > LongestReason
            ? ApiProblem.Invalid("reason", $"There is room for {LongestReason} characters here.")
            : await AnswerAsync(
                await book.VoidAsync(id, input.Reason?.Trim(), null, cancellationToken), id, http, cancellationToken);

    public async Task<IResult> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        await book.DeleteDraftAsync(id, cancellationToken) switch
        {
            Booking.Done => TypedResults.NoContent(),
            Booking.Gone => ApiProblem.NotFound(),
            _ => ApiProblem.Conflict("already_sent", "An invoice that was sent is not deleted. Void it instead."),
        };

    private async Task<IResult> AnswerAsync(
        Booking booking, Guid id, HttpContext http, CancellationToken cancellationToken) => booking switch
        {
            Booking.Done => await desk.ShowAsync(id, http, isNew: false, cancellationToken),
            Booking.Gone => ApiProblem.NotFound(),
            Booking.NoLines => ApiProblem.Invalid("lines", BillingWords.Refusal(booking, "invoice")),
            Booking.NoBuyer => ApiProblem.Invalid("buyer.name", BillingWords.Refusal(booking, "invoice")),
            Booking.BelowZero => ApiProblem.Invalid("lines", BillingWords.Refusal(booking, "invoice")),
            _ => ApiProblem.Conflict(
                "not_in_this_state", "This invoice is in a state that does not allow it. Read it again."),
        };

    private ProblemHttpResult? ProblemOf(EmailInput? email) => email switch
    {
        null => null,
        _ when !mailing.Value.IsSet =>
            ApiProblem.Invalid("email", "E-mail is not set up in this installation. Leave it out."),
        _ when email.Recipient.Length > 200 || !PaperForm.IsAddress(email.Recipient) =>
            ApiProblem.Invalid("email.recipient", "This is not a valid e-mail address."),
        _ when string.IsNullOrWhiteSpace(email.Subject) || email.Subject.Length > 200
            || email.Subject.Any(char.IsControl) =>
            ApiProblem.Invalid("email.subject", "Give a subject of one line with at most 200 characters."),
        _ when string.IsNullOrWhiteSpace(email.Message) || email.Message.Length > 10_000 =>
            ApiProblem.Invalid("email.message", "Give a message with at most 10,000 characters."),
        _ => null,
    };
}
