using HubSpotSync.Portal.Pipelines;

namespace HubSpotSync.Portal.Words;

internal static class PipelineWords
{
    public static string Heading(int toInvoice) =>
        toInvoice == 0 ? "Pipeline" : $"{Numbers.Of(toInvoice, "won deal")} to invoice";

    public static string Filter(DealFilter filter) => filter == DealFilter.ToInvoice ? "To invoice" : filter.ToString();

    public static string Percent(decimal share) => $"{Numbers.Count((long)Math.Round(share * 100))}%";

    /// <summary>"1,200.00 EUR + 300.00 USD": no rate is known here, so currencies stay apart.</summary>
    public static string Sum(IEnumerable<(decimal Amount, string Currency)> sums) =>
        string.Join(" + ", sums.Where(sum => sum.Amount != 0).Select(sum => Numbers.Money(sum.Amount, sum.Currency)));
}
