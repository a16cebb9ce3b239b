using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Billing;

internal static class PaperViews
{
    public static PaperView Of(Invoice invoice, Workspace workspace) => Of(invoice, workspace, "Invoice") with
    {
        Stamp = invoice.State switch
        {
            InvoiceState.Draft => "Draft",
            InvoiceState.Void => "Void",
            InvoiceState.Paid => "Paid",
            _ => null,
        },
        PaymentDetails = invoice.State == InvoiceState.Void
            ? null
            : (invoice.Seller ?? Seller.Of(workspace)).PaymentDetails,
        Dates =
        [
            new("Invoice date", Dates.Say(invoice.IssuedOn)),
            new("Due date", Dates.Say(invoice.DueOn)),
        ],
        After = invoice.Paid == 0
            ? []
            :
            [
                new("Paid", Numbers.Money(invoice.Paid, invoice.Currency)),
                new("Balance due", Numbers.Money(invoice.Balance, invoice.Currency)),
            ],
    };

    public static PaperView Of(Proposal proposal, Workspace workspace) => Of(proposal, workspace, "Proposal") with
    {
        Stamp = proposal.State switch
        {
            ProposalState.Sent => null,
            var state => state.ToString(),
        },
        BuyerLabel = "For",
        Dates = proposal.ValidUntil is { } until
            ? [new("Date", Dates.Say(proposal.IssuedOn)), new("Valid until", Dates.Say(until))]
            : [new("Date", Dates.Say(proposal.IssuedOn))],
    };

    private static PaperView Of(Paper paper, Workspace workspace, string kind)
    {
        var totals = paper.Totals();
        return new PaperView
        {
            Kind = kind,
            Number = paper.Number ?? "draft",
            Seller = paper.Seller ?? Seller.Of(workspace),
            BuyerName = paper.BuyerName,
            BuyerAddress = paper.BuyerAddress,
            BuyerTaxId = paper.BuyerTaxId,
            Dates = [],
            Currency = paper.Currency,
            Lines = [.. paper.InOrder().Select(row => Line(row, paper.Currency))],
            HasDiscounts = paper.InOrder().Any(row => row.DiscountPercent != 0),
            Sums =
            [
                new("Net", Numbers.Money(totals.Net, paper.Currency)),
                .. totals.Taxes
                    .Where(tax => tax.Rate != 0 || totals.Taxes.Count > 1)
                    .Select(tax => new PaperFact(
                        $"Tax {Percent(tax.Rate)} on {Numbers.Money(tax.Net, paper.Currency)}",
                        Numbers.Money(tax.Tax, paper.Currency))),
            ],
            Total = new("Total", Numbers.Money(totals.Total, paper.Currency)),
            Notes = paper.Notes,
            Terms = paper.Terms,
        };
    }

    private static PaperLineView Line(LineRow row, string currency) => new(
        row.Description,
        AmountText.Write(row.Quantity),
        Numbers.Price(row.UnitPrice, currency),
        row.DiscountPercent == 0 ? "" : Percent(row.DiscountPercent),
        Percent(row.TaxRate),
        Numbers.Amount(row.Net, currency));

    private static string Percent(decimal rate) => $"{AmountText.Write(rate)} %";
}
