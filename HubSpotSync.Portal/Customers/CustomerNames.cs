namespace HubSpotSync.Portal.Customers;

internal static class CustomerNames
{
    /// <summary>The best there is to call somebody by.</summary>
    public static string Of(string? first, string? last, string? email, string? company)
    {
        var name = $"{first} {last}".Trim();
        return name.Length > 0 ? name : email ?? company ?? "No name";
    }
}
