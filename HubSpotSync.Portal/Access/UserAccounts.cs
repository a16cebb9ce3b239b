using System.Security.Claims;
using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace HubSpotSync.Portal.Access;

/// <summary>Somebody of the workspace, and when they last asked for a page.</summary>
internal sealed record UserRow(User User, DateTimeOffset? SeenAt);

/// <summary>Who may sign in to the workspace, and as what. Changes answer <c>null</c> or why not.</summary>
internal sealed class UserAccounts(
    CrmDbContext db,
    UserManager<User> users,
    Sessions sessions,
    UserLinks links,
    AuditLog audit,
    TimeProvider clock)
{
    public const string OwnersOnly = "Only an owner can do this to an owner, or make one.";
    public const string NoSuchRole = "There is no such role.";
    private const string LastOwner = "This is the last owner. Make somebody else an owner first.";
    private const string SameMoment = "This account was changed at the same moment. Try again.";

    public static bool IsInactive(User user, DateTimeOffset now) => user.LockoutEnd > now.AddYears(1);

    public static bool MayChange(ClaimsPrincipal by, User user) =>
        by.IsAtLeast(user.Role == WorkspaceRole.Owner ? WorkspaceRole.Owner : WorkspaceRole.Admin);

    public async Task<IReadOnlyList<UserRow>> ReadAsync(CancellationToken cancellationToken) =>
        await db.Users.AsNoTracking()
            .Where(user => user.RemovedAt == null)
            .OrderBy(user => user.DisplayName).ThenBy(user => user.Id)
            .Select(user => new UserRow(
                user,
                db.Sessions.Where(one => one.UserId == user.Id).Max(one => (DateTimeOffset?)one.SeenAt)
                    ?? user.LastSignedInAt))
            .ToListAsync(cancellationToken);

    public Task<User?> FindAsync(Guid id, CancellationToken cancellationToken) => db.Users.FirstOrDefaultAsync(
        user => user.Id == id && user.RemovedAt == null, cancellationToken);

    public async Task<string?> ChangeRoleAsync(
        ClaimsPrincipal by, User user, WorkspaceRole? wanted, CancellationToken cancellationToken)
    {
        if (wanted is not { } role || !Enum.IsDefined(role))
        {
            return NoSuchRole;
        }

        await using var transaction = await OneAtATimeAsync(user, cancellationToken);
        if (!MayChange(by, user) || (role == WorkspaceRole.Owner && !by.IsAtLeast(WorkspaceRole.Owner)))
        {
            return OwnersOnly;
        }

        if (role != WorkspaceRole.Owner && await IsLastOwnerAsync(user, cancellationToken))
        {
            return LastOwner;
        }

        if (role == user.Role)
        {
            return null;
        }

        audit.Add(
            by.UserId(), "user.role_changed", user.Id.ToString(),
            new { role = user.Role.ToString() }, new { role = role.ToString() });
        if (role < user.Role)
        {
            await links.RevokeAllOfAsync(user.Id, cancellationToken);
        }

        user.Role = role;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    public async Task<string?> SetActiveAsync(
        ClaimsPrincipal by, User user, bool active, CancellationToken cancellationToken)
    {
        await using var transaction = await OneAtATimeAsync(user, cancellationToken);
        if (await RefusalAsync(by, user, isLeaving: !active, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        audit.Add(by.UserId(), active ? "user.activated" : "user.deactivated", user.Id.ToString());
        user.LockoutEnd = active ? null : DateTimeOffset.MaxValue;
        return await CloseAsync(user, transaction, cancellationToken);
    }

    /// <summary>The row and the name stay, because what they did names them; everything else of them goes.</summary>
    public async Task<string?> RemoveAsync(ClaimsPrincipal by, User user, CancellationToken cancellationToken)
    {
        await using var transaction = await OneAtATimeAsync(user, cancellationToken);
        if (await RefusalAsync(by, user, isLeaving: true, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        audit.Add(
            by.UserId(), "user.removed", user.Id.ToString(), new { user.Email, role = user.Role.ToString() });
        user.UserName = user.Email = $"{user.Id:N}@removed.invalid"; // the address is free for another account
        user.PasswordHash = null;
        user.LockoutEnd = DateTimeOffset.MaxValue;
        user.RemovedAt = clock.GetUtcNow();
        user.TwoFactorEnabled = false;
        await db.UserTokens.Where(token => token.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        return await CloseAsync(user, transaction, cancellationToken);
    }

    private async Task<string?> RefusalAsync(
        ClaimsPrincipal by, User user, bool isLeaving, CancellationToken cancellationToken) =>
        !MayChange(by, user) ? OwnersOnly
            : isLeaving && user.Id == by.UserId() ? "You can't do this to yourself. Ask another admin."
            : isLeaving && await IsLastOwnerAsync(user, cancellationToken) ? LastOwner
            : null;

    // Every session and every link of theirs ends with it.
    private async Task<string?> CloseAsync(
        User user, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        user.LockoutEnabled = true;
        if (!(await users.UpdateSecurityStampAsync(user)).Succeeded) // saves the rest with it
        {
            return SameMoment;
        }

        await sessions.EndAllAsync(user.Id, null, cancellationToken);
        await links.RevokeAllOfAsync(user.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    // Two owners who demote each other at the same time would both find that another owner is left.
    private async Task<IDbContextTransaction> OneAtATimeAsync(User user, CancellationToken cancellationToken)
    {
        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"select 1 from workspaces where id = {db.WorkspaceId} for update", cancellationToken);
        await db.Entry(user).ReloadAsync(cancellationToken);
        return transaction;
    }

    private async Task<bool> IsLastOwnerAsync(User user, CancellationToken cancellationToken)
    {
        var soon = clock.GetUtcNow().AddYears(1);
        return user.Role == WorkspaceRole.Owner && !await db.Users.AnyAsync(
            other => other.Id != user.Id
                && other.Role == WorkspaceRole.Owner
                && (other.LockoutEnd == null || other.LockoutEnd < soon),
            cancellationToken);
    }
}
