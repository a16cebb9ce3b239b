namespace HubSpotSync.Core.Scope;

/// <summary>What the filters ask of a contact beyond its own fields.</summary>
/// <param name="IsInLists">Whether it is a member of one of the chosen lists.</param>
public readonly record struct ContactFacts(bool IsInLists, DateTimeOffset? LastActivityAt);
