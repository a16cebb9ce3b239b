using System.Globalization;
using System.Text.Json;

namespace HubSpotSync.Tests.Scenarios;

/// <summary>A contact as the fake holds it.</summary>
public sealed record FakeContact(long Id, IReadOnlyDictionary<string, string?> Properties)
{
    public string? this[string property] => Properties.GetValueOrDefault(property);
}

/// <summary>
/// Looks into the fake over its own door, past HubSpot's API, so that the product's client can't blind the test.
/// </summary>
public static class FakeContacts
{
    /// <param name="type">Companies are read the same way.</param>
    public static async Task<List<FakeContact>> ReadAsync(FakeHubSpotServer fake, string type = "contacts")
    {
        var contacts = new List<FakeContact>();
        foreach (var line in (await ReadTextAsync(fake, type)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("archived").GetBoolean())
            {
                continue;
            }

            var properties = json.RootElement.GetProperty("properties").EnumerateObject().ToDictionary(
                property => property.Name,
                property => TextOf(property.Value));
            var id = json.RootElement.GetProperty("id").GetString()!; // always there
            contacts.Add(new FakeContact(long.Parse(id, CultureInfo.InvariantCulture), properties));
        }

        return contacts;
    }

    public static Task<string> ReadTextAsync(FakeHubSpotServer fake, string type = "contacts")
    {
        ArgumentNullException.ThrowIfNull(fake);
        return fake.Http.GetStringAsync(new Uri(fake.Url, $"/_fake/accounts/{fake.PortalId}/objects/{type}"));
    }

    private static string? TextOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
