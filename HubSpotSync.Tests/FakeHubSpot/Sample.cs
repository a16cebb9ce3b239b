using System.Globalization;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>Records a test makes for itself.</summary>
internal static class Sample
{
    public const string Contacts = "/crm/objects/2026-09/contacts";
    public const string Companies = "/crm/objects/2026-09/companies";
    public const string Deals = "/crm/objects/2026-09/deals";
    private static int _last;

    public static string Email() =>
        string.Create(CultureInfo.InvariantCulture, $"someone.{Interlocked.Increment(ref _last)}@test.example");

    public static object With(params IEnumerable<(string Name, string? Value)> properties) =>
        new { properties = properties.ToDictionary(property => property.Name, property => property.Value) };

    public static async Task<string> ContactAsync(
        HubSpotCaller caller, params IEnumerable<(string Name, string? Value)> properties) =>
        await CreateAsync(caller, Contacts, With(properties.Prepend(("firstname", "Sample"))));

    public static async Task<string> CompanyAsync(HubSpotCaller caller) =>
        await CreateAsync(caller, Companies, With(("name", "Sample Ltd")));

    public static async Task<string> CreateAsync(HubSpotCaller caller, string path, object body)
    {
        var answer = await caller.PostAsync(path, body);
        Assert.Equal(201, answer.Status);
        return answer.At("id")!; // asserted by the status
    }
}
