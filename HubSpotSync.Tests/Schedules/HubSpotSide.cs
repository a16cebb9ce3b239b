using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.Tests.Schedules;

/// <summary>A person who works in HubSpot's own pages, and a look into the fake's memory.</summary>
internal sealed class HubSpotSide(HttpClient http, Uri url, FakeAccount account)
{
    public FakeAccount Account => account;

    /// <returns><c>null</c>: HubSpot has somebody with this address.</returns>
    public async Task<(long Id, DateTimeOffset At)?> CreateAsync(
        string type, IReadOnlyDictionary<string, string?> properties) =>
        await SendAsync(HttpMethod.Post, type, new { properties }) is { } made
            ? (IdOf(made), made.GetProperty("createdAt").GetDateTimeOffset())
            : null;

    /// <returns>When it was done, or <c>null</c> where HubSpot refused.</returns>
    public async Task<DateTimeOffset?> EditAsync(string type, long id, string property, string? value)
    {
        var edited = await SendAsync(
            HttpMethod.Patch,
            $"{type}/{id}",
            new { properties = new Dictionary<string, string> { [property] = value ?? "" } });
        return edited?.GetProperty("updatedAt").GetDateTimeOffset();
    }

    public async Task<bool> ArchiveAsync(long id) => await SendAsync(HttpMethod.Delete, $"contacts/{id}") is not null;

    public async Task<bool> RestoreAsync(long id) =>
        await SendAsync(HttpMethod.Post, $"contacts/{id}/restore", new { }) is not null;

    public async Task<bool> EraseAsync(long id) =>
        await SendAsync(HttpMethod.Post, $"contacts/{id}/erase", new { }) is not null;

    public async Task<long?> MergeAsync(long primary, long other) =>
        await SendAsync(
            HttpMethod.Post, "contacts/merge", new { primaryObjectId = $"{primary}", objectIdToMerge = $"{other}" })
            is { } merged
            ? IdOf(merged)
            : null;

    public async Task<bool> LinkAsync(long contact, long company, bool on) =>
        await SendAsync(
            on ? HttpMethod.Put : HttpMethod.Delete, $"contacts/{contact}/associations/companies/{company}", new { })
            is not null;

    /// <summary>Runs with the records of the account, which nobody changes meanwhile.</summary>
    public T Look<T>(Func<ObjectStore, T> look, ObjectType type = ObjectType.Contact)
    {
        lock (account.Gate)
        {
            return look(account.Store(type));
        }
    }

    private async Task<JsonElement?> SendAsync(HttpMethod method, string path, object? body = null)
    {
        var address = string.Create(
            CultureInfo.InvariantCulture, $"/_fake/accounts/{account.PortalId}/objects/{path}");
        using var request = new HttpRequestMessage(method, new Uri(url, address));
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return !answer.IsSuccessStatusCode ? null
            : text.Length == 0 ? default(JsonElement)
            : JsonDocument.Parse(text).RootElement.Clone();
    }

    private static long IdOf(JsonElement record) =>
        long.Parse(record.GetProperty("id").GetString()!, CultureInfo.InvariantCulture); // always there
}
