namespace HubSpotSync.Tests.Schedules;

/// <summary>The fields that schedules edit: the column here and HubSpot's property.</summary>
internal static class Fields
{
    public const string Email = "email";

    public static readonly IReadOnlyDictionary<string, string> Properties = new Dictionary<string, string>
    {
        ["first_name"] = "firstname",
        ["last_name"] = "lastname",
        [Email] = "email",
        ["job_title"] = "jobtitle",
        ["city"] = "city",
        ["company_name"] = "company",
        ["postal_code"] = "zip",
    };

    public static readonly string[] Edited = [.. Properties.Keys];

    /// <summary>What is compared: blanks around a value and the case of an address say nothing.</summary>
    public static string? Plain(string field, string? value)
    {
        var trimmed = value?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null : field == Email ? trimmed.ToUpperInvariant() : trimmed;
    }
}
