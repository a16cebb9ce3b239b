using HubSpotSync.FakeHubSpot.Limits;
using HubSpotSync.FakeHubSpot.Webhooks;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot;

internal sealed class FakeOptionsValidation : IValidateOptions<FakeOptions>
{
    public const int MostRecords = 1_000_000;
    public const int MostAccounts = 1000;
    public const int LongestDelayMs = 600_000;

    public ValidateOptionsResult Validate(string? name, FakeOptions options)
    {
        var problems = Problems(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    public static bool IsLimitsWord(string? word) =>
        word is FakeOptions.LimitsLikeHubSpot or FakeOptions.LimitsOff;

    private static IEnumerable<string> Problems(FakeOptions options) =>
        Ranges(options).Concat(Words(options));

    private static IEnumerable<string> Ranges(FakeOptions options)
    {
        (string Name, int Value, int Least, int Most)[] ranges =
        [
            (nameof(options.Contacts), options.Contacts, 0, MostRecords),
            (nameof(options.Companies), options.Companies, 0, MostRecords),
            (nameof(options.Deals), options.Deals, 0, MostRecords),
            (nameof(options.SmallContacts), options.SmallContacts, 0, MostRecords),
            (nameof(options.Accounts), options.Accounts, 1, MostAccounts),
            (nameof(options.LatencyMs), options.LatencyMs, 0, LongestDelayMs),
            (nameof(options.SearchLagMs), options.SearchLagMs, 0, LongestDelayMs),
            (nameof(options.PortalId), options.PortalId, 1, int.MaxValue),
            (nameof(options.SmallPortalId), options.SmallPortalId, 1, int.MaxValue),
        ];
        return ranges
            .Where(range => range.Value < range.Least || range.Value > range.Most)
            .Select(range => $"Fake:{range.Name} is {range.Value}; it must be from {range.Least} to {range.Most}.");
    }

    private static IEnumerable<string> Words(FakeOptions options)
    {
        if (!IsLimitsWord(options.Limits))
        {
            yield return $"Fake:Limits is '{options.Limits}'; it must be 'hubspot' or 'off'.";
        }

        if (LimitTier.Find(options.Tier) is null)
        {
            yield return $"Fake:Tier is '{options.Tier}'; it must be one of {LimitTier.Names}.";
        }

        var further = options.PortalId - options.SmallPortalId;
        if (further >= 0 && further < options.Accounts - 1)
        {
            yield return "Fake:PortalId and Fake:SmallPortalId must differ, those of further accounts included.";
        }

        if (options.Apps.Any(
            app => string.IsNullOrWhiteSpace(app.ClientId) || string.IsNullOrWhiteSpace(app.ClientSecret)))
        {
            yield return "Fake:ClientId and Fake:ClientSecret must not be empty, those of Fake:OtherApps neither.";
        }

        if (!string.IsNullOrEmpty(options.Webhooks.TargetUrl) && !WebhookTarget.IsAllowed(options.Webhooks.TargetUrl))
        {
            yield return "Fake:Webhooks:TargetUrl must be an https address, or http on this machine.";
        }

        if (options.Webhooks.MaxConcurrentRequests < WebhookTarget.LeastConcurrentRequests)
        {
            yield return "Fake:Webhooks:MaxConcurrentRequests must be greater than 5.";
        }

        foreach (var uri in options.RedirectUris.Where(uri => !Uri.IsWellFormedUriString(uri, UriKind.Absolute)))
        {
            yield return $"Fake:RedirectUris holds '{uri}', which is not a full address.";
        }
    }
}
