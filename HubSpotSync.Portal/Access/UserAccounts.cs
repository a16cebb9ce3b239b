using System.Security.Claims;
using System.Security.Cryptography;
using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HubSpotSync.Portal.Access;

/// <summary>Who may sign in to the workspace, and as what. Every answer is <c>null</c> or why it was refused.</summary>
internal sealed class UserAccounts(CrmDbContext db, UserManager<User> users, AuditLog audit, TimeProvider clock)
{
    private const string OwnersOnly = "Only an owner can do this to an owner, or make one.";
    private const string LastOwner = "This is the last owner. Make somebody else an owner first.";

    public static bool IsInactive(User user, DateTimeOffset now) => user.LockoutEnd > now.AddYears(1);

    public Task<List<User>> ReadAsync(CancellationToken cancellationToken) =>
        db.Users.AsNoTracking().OrderBy(user => user.DisplayName).ToListAsync(cancellationToken);

    public async Task<(string? Password, string? Problem)> AddAsync(
        ClaimsPrincipal by, string name, string email, WorkspaceRole role, CancellationToken cancellationToken)
    {
        if (role == WorkspaceRole.Owner && !by.IsAtLeast(WorkspaceRole.Owner))
        {
            return (null, OwnersOnly);
        }

        var now = clock.GetUtcNow();
        var password = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789", 16);
        var user = new User
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = db.WorkspaceId,
            Role = role,
            DisplayName = name,
            UserName = email,
            Email = email,
            CreatedAt = now,
        };
        audit.Add(by.UserId(), "user.added", user.Id.ToString(), after: new { role = role.ToString() });
        try
        {
            var result = await users.CreateAsync(user, password);
            return result.Succeeded ? (password, null) : (null, Say(result));
        }
        catch (DbUpdateException error) when (error.Violates("users_normalized_email_key"))
        {
            return (null, "This e-mail has an account already."); // in another workspace, which we do not tell
        }
    }

    public async Task<string?> ChangeRoleAsync(
        ClaimsPrincipal by, Guid id, WorkspaceRole? wanted, CancellationToken cancellationToken)
    {
        await using var transaction = await OneAtATimeAsync(cancellationToken);
        if (await db.Users.FirstOrDefaultAsync(user => user.Id == id, cancellationToken) is not { } user)
        {
            return "This account is gone.";
        }

        if (wanted is not { } role || !Enum.IsDefined(role))
        {
            return "There is no such role.";
        }

        if ((user.Role == WorkspaceRole.Owner || role == WorkspaceRole.Owner) && !by.IsAtLeast(WorkspaceRole.Owner))
        {
            return OwnersOnly;
        }

        if (user.Role == WorkspaceRole.Owner
            && role != WorkspaceRole.Owner
            && await IsLastOwnerAsync(id, cancellationToken))
        {
            return LastOwner;
        }

        audit.Add(
            by.UserId(), "user.role_changed", id.ToString(),
            new { role = user.Role.ToString() }, new { role = role.ToString() });
        user.Role = role;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    public async Task<string?> SetActiveAsync(
        ClaimsPrincipal by,
        Guid id,
        bool active,
        CancellationToken cancellationToken)
    {
        await using var transaction = await OneAtATimeAsync(cancellationToken);
        if (await db.Users.FirstOrDefaultAsync(user => user.Id == id, cancellationToken) is not { } user)
        {
            return "This account is gone.";
        }

        if (user.Role == WorkspaceRole.Owner && !by.IsAtLeast(WorkspaceRole.Owner))
        {
            return OwnersOnly;
        }

        if (!active && user.Id == by.UserId())
        {
            return "You can't deactivate yourself.";
        }

        if (!active && user.Role == WorkspaceRole.Owner && await IsLastOwnerAsync(id, cancellationToken))
        {
            return LastOwner;
        }

        audit.Add(by.UserId(), active ? "user.activated" : "user.deactivated", id.ToString());
        user.LockoutEnabled = true;
        user.LockoutEnd = active ? null : DateTimeOffset.MaxValue;
        var result = await users.UpdateSecurityStampAsync(user); // ends every session, and saves the rest with it
        if (!result.Succeeded)
        {
            return "This account was changed at the same moment. Try again.";
        }

        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    // Two owners who demote each other at the same time would both find that another owner is left.
    private async Task<IDbContextTransaction> OneAtATimeAsync(CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"select 1 from workspaces where id = {db.WorkspaceId} for update", cancellationToken);
        return transaction;
    }

    private async Task<bool> IsLastOwnerAsync(Guid id, CancellationToken cancellationToken)
    {
        var soon = clock.GetUtcNow().AddYears(1);
        return !await db.Users.AnyAsync(
            user => user.Id != id
                && user.Role == WorkspaceRole.Owner
                && (user.LockoutEnd == null || user.LockoutEnd < soon),
            cancellationToken);
    }

    private static string Say(IdentityResult result) =>
        result.Errors.Any(error => error.Code is "DuplicateEmail" or "DuplicateUserName")
            ? "This e-mail has an account already."
            : string.Join(" ", result.Errors.Select(error => error.Description));
}
