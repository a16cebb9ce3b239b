using HubSpotSync.Data.Billing;

namespace HubSpotSync.Portal.Words;

/// <summary>What happened to a customer or a company.</summary>
internal static class RecordWords
{
    public static string Activity(Activity activity) => activity.Kind switch
    {
        "customer.created" or "company.created" => "Created here",
        "customer.edited" or "company.edited" => "Edited",
        "customer.archived" or "company.archived" => "Archived",
        "customer.restored" or "company.restored" => "Restored",
        "customer.set_apart" or "company.set_apart" => "Detached from HubSpot",
        "customer.taken_back" or "company.taken_back" => "Attached to HubSpot again",
        "customer.merged" => $"Merged with {activity.Params.GetValueOrDefault("name", "another customer")}",
        "company.merged" => $"Merged with {activity.Params.GetValueOrDefault("name", "another company")}",
        "customer.merged_away" or "company.merged_away" => "Merged into another one, which has all of it now",
        "customer.tagged" or "company.tagged" => $"Tagged “{activity.Params.GetValueOrDefault("tag")}”",
        "customer.untagged" or "company.untagged" => $"Tag “{activity.Params.GetValueOrDefault("tag")}” taken off",
        _ => BillingWords.Activity(activity),
    };

    public static string Icon(string kind) => kind switch
    {
        "customer.created" or "company.created" => "plus",
        "customer.edited" or "company.edited" => "pencil",
        "customer.archived" or "company.archived" => "archive",
        "customer.restored" or "company.restored" => "archive-off",
        "customer.set_apart" or "company.set_apart" => "plug-x",
        "customer.taken_back" or "company.taken_back" => "plug-connected",
        "customer.merged" or "company.merged" or "customer.merged_away" or "company.merged_away" => "git-merge",
        "customer.tagged" or "customer.untagged" or "company.tagged" or "company.untagged" => "tag",
        "invoice.payment" or "invoice.paid" => "cash",
        "invoice.refund" => "receipt-refund",
        _ when kind.StartsWith("proposal.", StringComparison.Ordinal) => "file-text",
        _ => "file-invoice",
    };
}
