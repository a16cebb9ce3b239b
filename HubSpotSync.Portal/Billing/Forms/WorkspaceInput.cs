using System.Globalization;
using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Setup;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace HubSpotSync.Portal.Billing.Forms;

/// <summary>What a workspace says of itself, as it is typed.</summary>
internal sealed class WorkspaceInput
{
    private static readonly string[] OneLine = ["Workspace name", "Seller's name", "Tax id", "E-mail", "Telephone"];

    /// <summary>The row version that the form was filled from.</summary>
    public uint Version { get; set; }

    public string? Name { get; set; }

    public string? TimeZone { get; set; }

    public string? Currency { get; set; }

    public string? LegalName { get; set; }

    public string? Address { get; set; }

    public string? TaxId { get; set; }

    public string? Email { get; set; }

    public string? Phone { get; set; }

    public string? PaymentDetails { get; set; }

    public string? PaymentTerms { get; set; }

    public string? PaymentDays { get; set; }

    public string? TaxRate { get; set; }

    public string? InvoicePrefix { get; set; }

    public string? ProposalPrefix { get; set; }

    /// <summary>Of the first invoice; asked only before there is one.</summary>
    public string? FirstNumber { get; set; }

    public static WorkspaceInput Of(Workspace workspace) => new()
    {
        Version = workspace.Version,
        Name = workspace.Name,
        TimeZone = workspace.TimeZone,
        Currency = workspace.Currency,
        LegalName = workspace.LegalName,
        Address = workspace.Address,
        TaxId = workspace.TaxId,
        Email = workspace.BillingEmail,
        Phone = workspace.BillingPhone,
        PaymentDetails = workspace.PaymentDetails,
        PaymentTerms = workspace.PaymentTerms,
        PaymentDays = workspace.PaymentDays.ToString(CultureInfo.InvariantCulture),
        TaxRate = AmountText.Write(workspace.TaxRate),
        InvoicePrefix = workspace.InvoicePrefix,
        ProposalPrefix = workspace.ProposalPrefix,
    };

    public static IReadOnlyList<ClashRow> Between(WorkspaceInput mine, WorkspaceInput theirs) => Clash.Differing(
        mine.Texts().Zip(theirs.Texts(), (a, b) => new ClashRow(a.Label, Clash.Text(a.Value), Clash.Text(b.Value))));

    /// <returns>Whether all of it could be read; the model state says what could not.</returns>
    public bool TakeOver(Workspace workspace, ModelStateDictionary state)
    {
        Check(state);
        if (!state.IsValid)
        {
            return false;
        }

        (workspace.Name, workspace.TimeZone) = (Name!.Trim(), TimeZone!); // both checked
        workspace.Currency = Core.Billing.Currency.Find(Currency)!.Code; // likewise
        (workspace.LegalName, workspace.Address) = (Clean(LegalName), Clean(Address));
        (workspace.TaxId, workspace.BillingEmail) = (Clean(TaxId), Clean(Email));
        (workspace.BillingPhone, workspace.PaymentDetails) = (Clean(Phone), Clean(PaymentDetails));
        workspace.PaymentTerms = Clean(PaymentTerms);
        workspace.PaymentDays = (int)AmountText.Parse(PaymentDays)!.Value; // likewise
        workspace.TaxRate = AmountText.Parse(TaxRate)!.Value; // likewise
        (workspace.InvoicePrefix, workspace.ProposalPrefix) = (InvoicePrefix ?? "", ProposalPrefix ?? "");
        return true;
    }

    public long? ReadFirstNumber() =>
        long.TryParse(FirstNumber, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && first is > 0 and < 1_000_000_000 ? first : null;

    private void Check(ModelStateDictionary state)
    {
        Need(!string.IsNullOrWhiteSpace(Name), nameof(Name), "Say what the workspace is called.");
        Need(WorkspaceChoices.TimeZones.Contains(TimeZone), nameof(TimeZone), "Choose a time zone from the list.");
        Need(Core.Billing.Currency.Find(Currency) is not null, nameof(Currency), "Choose a currency from the list.");
        Need(string.IsNullOrWhiteSpace(Email) || PaperForm.IsAddress(Email), nameof(Email),
            "This is not a valid e-mail address.");
        Need(AmountText.Parse(PaymentDays) is { } days and >= 0 and <= 365 && decimal.IsInteger(days),
            nameof(PaymentDays), "Give whole days from 0 to 365.");
        Need(
            AmountText.Parse(TaxRate) is { } rate && new PaperLine(1, 1, 0, rate).Problems().Count == 0,
            nameof(TaxRate), "A tax rate is from 0 to 100 percent, with at most 2 decimals.");
        const string Prefix = "Up to 12 letters, digits, spaces and - / . _, and no digit at the end: "
            + "it would run into the number.";
        Need(PaperNumber.IsPrefix(InvoicePrefix ?? ""), nameof(InvoicePrefix), Prefix);
        Need(PaperNumber.IsPrefix(ProposalPrefix ?? ""), nameof(ProposalPrefix), Prefix);
        Need(string.IsNullOrWhiteSpace(FirstNumber) || ReadFirstNumber() is not null, nameof(FirstNumber),
            "Give a whole number above 0.");
        foreach (var (label, value) in Texts().Where(text => text.Value?.Length > LongestOf(text.Label)))
        {
            Need(false, FieldOf(label), $"There is room for {LongestOf(label)} characters here.");
        }

        // A line break in a name would end a header of an e-mail.
        foreach (var (label, _) in Texts().Where(text => OneLine.Contains(text.Label) && HasBreak(text.Value)))
        {
            Need(false, FieldOf(label), "This has to be one line.");
        }

        void Need(bool isSo, string field, string problem)
        {
            if (!isSo)
            {
                state.AddModelError($"Input.{field}", problem);
            }
        }
    }

    private IEnumerable<(string Label, string? Value)> Texts() =>
    [
        ("Workspace name", Name), ("Time zone", TimeZone), ("Currency", Currency), ("Seller's name", LegalName),
        ("Address", Address), ("Tax id", TaxId), ("E-mail", Email), ("Telephone", Phone),
        ("Payment details", PaymentDetails), ("Payment terms", PaymentTerms), ("Days to pay", PaymentDays),
        ("Tax rate", TaxRate), ("Invoice prefix", InvoicePrefix), ("Proposal prefix", ProposalPrefix),
    ];

    private static int LongestOf(string label) =>
        label is "Address" or "Payment details" ? 1000 : label == "Payment terms" ? 4000 : 200;

    private static string FieldOf(string label) => label switch
    {
        "Workspace name" => nameof(Name),
        "Seller's name" => nameof(LegalName),
        "Address" => nameof(Address),
        "Tax id" => nameof(TaxId),
        "E-mail" => nameof(Email),
        "Telephone" => nameof(Phone),
        "Payment details" => nameof(PaymentDetails),
        _ => nameof(PaymentTerms),
    };

    private static bool HasBreak(string? text) => text?.Any(char.IsControl) == true;

    private static string? Clean(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : text.ReplaceLineEndings("\n").Trim();
}
