namespace HubSpotSync.Core.Fields;

/// <summary>What an admin chose for one field; what is <c>null</c> stays as the connection's mode has it.</summary>
public sealed record FieldRule(
    FieldDirection? Direction = null, ConflictRule? Conflict = null, BlankRule? Blank = null);
