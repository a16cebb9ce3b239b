using System.Text;
using System.Text.Json;

namespace HubSpotSync.Portal.Words;

/// <summary>A value that somebody changed.</summary>
internal sealed record AuditValue(string Label, string? Before, string? After);

/// <summary>Entries of the audit log as a person reads them.</summary>
internal static class AuditWords
{
    /// <summary>Parts of the log to look at alone: how their actions begin, and what they are called.</summary>
    public static IReadOnlyList<(string Key, string Label)> Areas { get; } =
    [
        ("hubspot.", "HubSpot: connection, rules, runs"), ("user.", "Users, roles, sessions"),
        ("customer", "Customers"), ("compan", "Companies"), ("payment", "Payments"), ("workspace.", "Workspace"),
        ("api", "API keys"), ("webhook", "Webhooks"), ("audit.", "This log"),
    ];

    public static string Say(string action) => action switch
    {
        "user.invited" => "Invited somebody",
        "user.invitation_revoked" => "Took back an invitation",
        "user.joined" => "Joined by an invitation",
        "user.added" => "Added a user",
        "user.role_changed" => "Changed a role",
        "user.deactivated" => "Deactivated a user",
        "user.activated" => "Let a user in again",
        "user.removed" => "Removed a user",
        "user.password_changed" => "Chose a new password",
        "user.password_link_made" => "Made a link for a new password",
        "user.sessions_ended" => "Signed a browser out",
        "user.two_factor_on" => "Turned two-factor on",
        "user.two_factor_off" => "Turned two-factor off",
        "user.recovery_codes_made" => "Made new recovery codes",
        "user.recovery_code_used" => "Signed in with a recovery code",
        "workspace.created" => "Set this installation up",
        "workspace.changed" => "Changed the workspace",
        "customers.exported" => "Exported customers",
        "companies.exported" => "Exported companies",
        "invoices.exported" => "Exported invoices",
        "payments.exported" => "Exported payments",
        "customer.merged" => "Merged two customers",
        "company.merged" => "Merged two companies",
        "customer.not_duplicate" => "Said that two are not the same",
        "hubspot.connected" => "Connected HubSpot",
        "hubspot.reconnected" => "Reconnected HubSpot",
        "hubspot.disconnected" => "Disconnected HubSpot",
        "hubspot.paused" => "Paused syncing",
        "hubspot.resumed" => "Resumed syncing",
        "hubspot.rules_changed" => "Changed the rules",
        "hubspot.filter_changed" => "Changed which stages sync",
        "hubspot.mapping_changed" => "Changed the mapping",
        "hubspot.fields_disabled" => "Switched fields off or on, because HubSpot's properties changed",
        "hubspot.review_decided" => "Decided contacts in the review",
        "hubspot.sync_requested" => "Asked for a sync",
        "hubspot.sync_stopped" => "Stopped a sync",
        "hubspot.safety_opened" => "Let a sync go on past the safety stop",
        "api_key.made" => "Made an API key",
        "api_key.revoked" => "Revoked an API key",
        "webhook.added" => "Set up a webhook",
        "webhook.changed" => "Changed a webhook",
        "webhook.deleted" => "Deleted a webhook",
        "webhook.secret_rolled" => "Gave a webhook a new secret",
        "webhook.switched_off" => "Switched a webhook off, because it did not answer",
        "audit.exported" => "Exported this log",
        _ => Sentence(action.Replace('.', ' ')),
    };

    /// <summary>"hub 4711" is how the log names an account; ids of records mean nothing to a reader.</summary>
    public static string? Subject(string? subject) => subject switch
    {
        null => null,
        _ when subject.StartsWith("hub ", StringComparison.Ordinal) => $"HubSpot account {subject[4..]}",
        _ => subject,
    };

    public static IReadOnlyList<AuditValue> Values(string? before, string? after)
    {
        var (was, now) = (Read(before), Read(after));
        return
        [
            .. was.Keys.Union(now.Keys)
                .Select(name => new AuditValue(Label(name), was.GetValueOrDefault(name), now.GetValueOrDefault(name)))
                .Where(value => value.Before != value.After),
        ];
    }

    private static Dictionary<string, string> Read(string? json)
    {
        using var document = JsonDocument.Parse(json ?? "null");
        return document.RootElement switch
        {
            { ValueKind: JsonValueKind.Null } => [],
            { ValueKind: JsonValueKind.Object } values => values.EnumerateObject()
                .Where(value => value.Value.ValueKind != JsonValueKind.Null)
                .ToDictionary(value => value.Name, value => Text(value.Value)),
            var value => new Dictionary<string, string> { [""] = Text(value) },
        };
    }

    private static string Label(string name)
    {
        var known = RuleWords.Label(name);
        return name.Length == 0 ? "Value" : known != name ? known : Sentence(name);
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : "blank",
        JsonValueKind.Array when value.GetArrayLength() == 0 => "none",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };

    // "api_key made", "paymentDays" → "Api key made", "Payment days"
    private static string Sentence(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            var isBreak = letter == '_' || (char.IsAsciiLetterUpper(letter) && words.Length > 0);
            words.Append(isBreak ? " " : "");
            words.Append(letter == '_' ? "" : char.ToLowerInvariant(letter));
        }

        return words.Length == 0 ? name : $"{char.ToUpperInvariant(words[0])}{words.ToString(1, words.Length - 1)}";
    }
}
