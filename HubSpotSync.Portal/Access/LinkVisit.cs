using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Access;

/// <summary>What a link that is still good offers to whoever holds it.</summary>
internal sealed record GoodLink(UserLink Link, string Workspace, string? By, User? User)
{
    public string Email => Link.Email ?? User?.Email ?? "";
}

/// <summary>Somebody comes with a link. It lets one person in, once.</summary>
internal sealed class LinkVisit(
    CrmDbContext db,
    WorkspaceLookup lookup,
    UserLinks links,
    UserManager<User> users,
    Sessions sessions,
    AuditLog audit,
    TimeProvider clock)
{
    /// <returns><c>null</c>: no such link, or it was used, taken back, or its time is up.</returns>
    public async Task<GoodLink?> FindAsync(string? code, CancellationToken cancellationToken)
    {
        var hash = UserLinks.HashOf(code ?? "");
        if (await lookup.FindByLinkAsync(hash, cancellationToken) is not { } workspaceId)
        {
            return null;
        }

        db.EnterWorkspace(workspaceId, "link");
        if (await links.Open().FirstOrDefaultAsync(one => one.CodeHash == hash, cancellationToken) is not { } link)
        {
            return null;
        }

        var workspace = await db.Workspaces.AsNoTracking().SingleAsync(cancellationToken);
        var by = await db.Users.AsNoTracking()
            .Where(user => user.Id == link.CreatedBy).Select(user => user.DisplayName)
            .FirstOrDefaultAsync(cancellationToken);
        var whose = link.Kind == UserLinkKind.NewPassword
            ? await db.Users.FirstOrDefaultAsync(user => user.Id == link.UserId, cancellationToken)
            : null;
        return new GoodLink(link, workspace.Name, by, whose);
    }

    /// <returns>Who came in, or what is wrong.</returns>
    public async Task<(User? User, string? Problem)> UseAsync(
        GoodLink good, string name, string password, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.GetUtcNow();

        // One of two visitors at the same time gets the row; the other waits here and then finds it used.
        var isOurs = await links.Open().Where(link => link.Id == good.Link.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(link => link.UsedAt, now), cancellationToken);
        if (isOurs == 0)
        {
            return (null, "This link was used or taken back a moment ago.");
        }

        var (user, problem) = good.User is { } known
            ? await ChangePasswordAsync(known, password, cancellationToken)
            : await JoinAsync(good.Link, name, password, cancellationToken);
        if (user is null)
        {
            return (null, problem);
        }

        user.LastSignedInAt = user.TwoFactorEnabled ? user.LastSignedInAt : now; // else a code is still asked for
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (user, null);
    }

    private async Task<(User? User, string? Problem)> JoinAsync(
        UserLink link, string name, string password, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var user = new User
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = db.WorkspaceId,
            Role = link.Role ?? WorkspaceRole.Viewer,
            DisplayName = name,
            UserName = link.Email,
            Email = link.Email,
            EmailConfirmed = true,
            CreatedAt = now,
        };
        audit.Add(user.Id, "user.joined", user.Id.ToString(), after: new { role = user.Role.ToString() });
        try
        {
            var result = await users.CreateAsync(user, password);
            if (result.Succeeded)
            {
                await db.UserLinks.Where(one => one.Id == link.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(one => one.UserId, user.Id), cancellationToken);
            }

            return result.Succeeded ? (user, null) : (null, Say(result));
        }
        catch (DbUpdateException error) when (error.Violates("users_normalized_email_key"))
        {
            return (null, "This e-mail has an account already.");
        }
    }

    // Whoever may have had the old password is out, and so is every browser.
    private async Task<(User? User, string? Problem)> ChangePasswordAsync(
        User user, string password, CancellationToken cancellationToken)
    {
        var known = user.PasswordHash;
        user.PasswordHash = null;
        var result = await users.AddPasswordAsync(user, password);
        if (!result.Succeeded)
        {
            user.PasswordHash = known;
            return (null, Say(result));
        }

        audit.Add(user.Id, "user.password_changed", user.Id.ToString());
        await sessions.EndAllAsync(user.Id, null, cancellationToken);
        return (user, null);
    }

    private static string Say(IdentityResult result) =>
        string.Join(" ", result.Errors.Select(error => error.Description));
}
