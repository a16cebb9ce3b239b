namespace HubSpotSync.Tests.FakeHubSpot;

/// <param name="Problem">Null where the check held.</param>
public sealed record NodeCheck(string Area, string Sentence, string? Problem);
