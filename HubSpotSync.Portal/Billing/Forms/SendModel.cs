using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Billing.Mail;
using HubSpotSync.Portal.Loops;
using HubSpotSync.Portal.Web;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Billing.Forms;

/// <summary>How a paper is to leave, as it is typed.</summary>
internal sealed class SendInput
{
    public const string ByMail = "mail";
    public const string ByHand = "hand";

    /// <summary>Made with the form: however often it arrives, it is one e-mail.</summary>
    public Guid MailId { get; set; }

    public uint Version { get; set; }

    /// <summary><see cref="ByMail"/> or <see cref="ByHand"/>.</summary>
    public string? How { get; set; }

    public string? Recipient { get; set; }

    public string? Subject { get; set; }

    public string? Message { get; set; }
}

/// <summary>What sending a paper needs, in one.</summary>
internal sealed record SendServices(
    WorkspaceToday Today,
    PublicUrl PublicUrl,
    IOptions<MailOptions> Mail,
    LoopSignal<MailLoop> Signal,
    TimeProvider Clock);

/// <summary>Sends a draft, or sends what was sent once more.</summary>
internal abstract class SendModel(SendServices services) : PageModel
{
    [BindProperty]
    public SendInput Input { get; set; } = new();

    public abstract string What { get; }

    public abstract string Back { get; }

    protected abstract string PublicPath { get; }

    public Paper Paper { get; private set; } = null!; // set by the handlers, or 404

    public string? Refusal { get; private set; }

    public bool IsDraft => Paper.Number is null;

    public bool HasMail => services.Mail.Value.IsSet;

    public string Heading => IsDraft ? $"Send this {What}" : $"Send {Paper.Number} again";

    public string Link => services.PublicUrl.Of(Request, $"{PublicPath}?code={Paper.PublicCode}").AbsoluteUri;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (await FindAsync(id, cancellationToken) is not { } paper)
        {
            return NotFound();
        }

        Paper = paper;
        var seller = paper.Seller ?? Seller.Of(await services.Today.WorkspaceAsync(cancellationToken));
        Input = new SendInput
        {
            MailId = Guid.CreateVersion7(services.Clock.GetUtcNow()),
            Version = paper.Version,
            How = HasMail ? SendInput.ByMail : SendInput.ByHand,
            Recipient = paper.BuyerEmail,
            Subject = $"{Capital(What)} {paper.Number ?? MailToSend.NumberMark} from {seller.Name}",
            Message = $"Hello,\n\nplease find attached {What} {paper.Number ?? MailToSend.NumberMark} over "
                + $"{Numbers.Money(paper.Total, paper.Currency)}.\n\nKind regards\n{seller.Name}",
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } paper)
        {
            return NotFound();
        }

        Paper = paper;
        var mail = ReadMail();
        if (!ModelState.IsValid)
        {
            return Page();
        }

        var by = User.UserId() ?? throw new InvalidOperationException("A session without a user.");
        var booking = await SendAsync(mail, by, cancellationToken);
        if (booking != Booking.Done)
        {
            Refusal = BillingWords.Refusal(booking, What);
            return Page();
        }

        services.Signal.Ring();
        TempData["Said"] = mail is null
            ? $"The {What} is marked as sent."
            : $"The {What} is sent; the e-mail is on its way.";
        return Redirect(Back);
    }

    protected abstract Task<Paper?> FindAsync(Guid id, CancellationToken cancellationToken);

    protected abstract Task<Booking> SendAsync(MailToSend? mail, Guid by, CancellationToken cancellationToken);

    private MailToSend? ReadMail()
    {
        if (Input.How != SendInput.ByMail)
        {
            Need(IsDraft && Input.How == SendInput.ByHand, nameof(Input.How), "Choose how it is to leave.");
            return null;
        }

        Need(HasMail, nameof(Input.How), "E-mail is not set up in this installation.");
        Need(PaperForm.IsAddress(Input.Recipient ?? ""), nameof(Input.Recipient), "Give a valid e-mail address.");
        Need(Input.Recipient is not { Length: > 200 }, nameof(Input.Recipient), "This is longer than 200 characters.");
        Need(IsLine(Input.Subject), nameof(Input.Subject), "Give a subject of one line, up to 200 characters.");
        Need(
            !string.IsNullOrWhiteSpace(Input.Message) && Input.Message.Length <= 4000,
            nameof(Input.Message), "Write a message of up to 4,000 characters.");
        return new MailToSend(
            Input.MailId,
            Input.Recipient?.Trim() ?? "",
            Input.Subject?.Trim() ?? "",
            $"{Input.Message?.ReplaceLineEndings("\n").Trim()}\n\nSee it online: {Link}\n");
    }

    private static bool IsLine(string? text) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= 200 && !text.Any(char.IsControl);

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private void Need(bool isSo, string field, string problem)
    {
        if (!isSo)
        {
            ModelState.AddModelError($"Input.{field}", problem);
        }
    }
}
