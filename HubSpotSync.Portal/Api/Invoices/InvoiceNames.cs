using System.Text.RegularExpressions;
using HubSpotSync.Portal.Billing.Forms;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace HubSpotSync.Portal.Api.Invoices;

/// <summary>What the form of an invoice calls its fields, as programs call them.</summary>
internal static partial class InvoiceNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["BuyerName"] = "buyer.name",
        ["BuyerAddress"] = "buyer.address",
        ["BuyerEmail"] = "buyer.email",
        ["BuyerTaxId"] = "buyer.taxId",
        ["Until"] = "dueOn",
        ["IssuedOn"] = "issuedOn",
        ["Discount"] = "discountPercent",
        ["UnitPrice"] = "unitPrice",
        ["TaxRate"] = "taxRate",
    };

    public static Dictionary<string, string> Of(ModelStateDictionary state) => state
        .Where(entry => entry.Value?.Errors.Count > 0)
        .ToDictionary(entry => Of(entry.Key), entry => entry.Value!.Errors[0].ErrorMessage); // filtered above

    /// <summary>What two people gave other values, by the names of programs.</summary>
    public static Dictionary<string, Http.BothValues> Between(PaperInput mine, PaperInput theirs) =>
        Clash.Between(mine, theirs, isInvoice: true).ToDictionary(
            row => row.Label switch
            {
                "Buyer" => "buyer.name",
                "Address" => "buyer.address",
                "E-mail" => "buyer.email",
                "Buyer's tax id" => "buyer.taxId",
                "Date" => "issuedOn",
                "Due date" => "dueOn",
                _ when LineLabel().Match(row.Label) is { Success: true } line =>
                    $"lines[{int.Parse(line.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) - 1}]",
                var label => label.ToLowerInvariant(),
            },
            row => new Http.BothValues(row.Mine, row.Theirs));

    private static string Of(string key) => string.Join('.', key.Split('.').Skip(1).Select(part =>
        Names.GetValueOrDefault(part) ?? char.ToLowerInvariant(part[0]) + part[1..]));

    [GeneratedRegex(@"^Line (\d+)$")]
    private static partial Regex LineLabel();
}
