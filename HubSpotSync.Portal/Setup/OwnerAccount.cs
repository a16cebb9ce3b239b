using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Setup;

/// <summary>What the first visitor says.</summary>
internal sealed record CreateOwner(
    string Name, string Email, string Password, string WorkspaceName, string TimeZone, string Currency);

/// <summary>Creates the first user and names the workspace, once.</summary>
internal sealed class OwnerAccount(
    CrmDbContext db, WorkspaceLookup lookup, UserManager<User> users, AuditLog audit, TimeProvider clock)
{
    /// <returns>The owner, or <c>null</c> where somebody was there first, and what is wrong with the input.</returns>
    public async Task<(User? Owner, IdentityResult? Problem)> CreateAsync(
        CreateOwner input, CancellationToken cancellationToken)
    {
        if (await lookup.FindForSetupAsync(cancellationToken) is not { } workspaceId)
        {
            return (null, null);
        }

        db.EnterWorkspace(workspaceId, "setup");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // The row lock lets two visitors pass one after the other; the second then finds the first one's account.
        await db.Workspaces.Where(workspace => workspace.Id == workspaceId).ExecuteUpdateAsync(
            set => set.SetProperty(workspace => workspace.Name, input.WorkspaceName)
                .SetProperty(workspace => workspace.TimeZone, input.TimeZone)
                .SetProperty(workspace => workspace.Currency, input.Currency),
            cancellationToken);
        if (await db.Users.AnyAsync(cancellationToken))
        {
            return (null, null);
        }

        var now = clock.GetUtcNow();
        var owner = new User
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = workspaceId,
            Role = WorkspaceRole.Owner,
            DisplayName = input.Name,
            UserName = input.Email,
            Email = input.Email,
            CreatedAt = now,
            LastSignedInAt = now,
        };
        var result = await users.CreateAsync(owner, input.Password);
        if (!result.Succeeded)
        {
            return (null, result);
        }

        audit.Add(owner.Id, "workspace.created", subject: workspaceId.ToString());
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (owner, null);
    }
}
