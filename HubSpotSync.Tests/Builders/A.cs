using HubSpotSync.Data.Crm;

namespace HubSpotSync.Tests.Builders;

/// <summary>Things with good defaults.</summary>
public static class A
{
    public static Customer Customer(
        Guid workspaceId, string? email, string? firstName = null, string? lastName = null) => new()
    {
        Id = Guid.NewGuid(),
        WorkspaceId = workspaceId,
        Email = email,
        FirstName = firstName,
        LastName = lastName,
    };
}
