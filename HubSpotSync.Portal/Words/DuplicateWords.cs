namespace HubSpotSync.Portal.Words;

internal static class DuplicateWords
{
    public static string Reason(string reason) => reason switch
    {
        "Email" => "Same e-mail but for its tag",
        "Phone" => "Same phone number",
        "Name" => "Similar name at the same company",
        _ => "A person put them side by side",
    };
}
