using System.Text.Json;

namespace HubSpotSync.Tests.Infrastructure;

/// <summary>A webhook call as it came in, and what it was answered.</summary>
public sealed record ReceivedCall(
    Uri Address, IReadOnlyDictionary<string, string> Headers, byte[] Body, IReadOnlyList<JsonElement> Events)
{
    public int Status { get; init; }
    public int Attempt => Events[0].GetProperty("attemptNumber").GetInt32();
}
