using System.Security.Claims;
using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Access;

/// <summary>The browsers that people are signed in with. What ends here is refused with its next request.</summary>
internal sealed class Sessions(CrmDbContext db, AuditLog audit, TimeProvider clock)
{
    /// <summary>A session that is not used for so long is over.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>How exactly is kept when a session was last used.</summary>
    public static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    /// <summary>Notes the browser and gives the claim that names it in the cookie.</summary>
    public async Task<Claim> StartAsync(Guid userId, HttpContext context)
    {
        var now = clock.GetUtcNow();
        var session = new UserSession
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = db.WorkspaceId,
            UserId = userId,
            StartedAt = now,
            SeenAt = now,
            Address = AddressOf(context),
            Browser = BrowserWords.Say(context.Request.Headers.UserAgent),
        };
        db.Sessions.Add(session);
        await db.SaveChangesAsync(context.RequestAborted);
        var old = now - KeptFor;
        await db.Sessions.Where(one => one.UserId == userId && one.SeenAt < old)
            .ExecuteDeleteAsync(context.RequestAborted);
        return new Claim(Claims.SessionType, session.Id.ToString());
    }

    /// <summary>Those that are still good, the last used first.</summary>
    public Task<List<UserSession>> ReadAsync(Guid userId, CancellationToken cancellationToken)
    {
        var oldest = clock.GetUtcNow() - Lifetime;
        return db.Sessions.AsNoTracking()
            .Where(one => one.UserId == userId && one.EndedAt == null && one.SeenAt > oldest)
            .OrderByDescending(one => one.SeenAt).ThenByDescending(one => one.Id)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Somebody ends a session, of their own or of another.</summary>
    /// <returns>Whether there was one to end.</returns>
    public async Task<bool> EndAsync(Guid? by, Guid userId, Guid id, CancellationToken cancellationToken) =>
        await NoteAsync(
            by, userId,
            await EndAsync(db.Sessions.Where(one => one.UserId == userId && one.Id == id), cancellationToken),
            cancellationToken) > 0;

    /// <summary>Somebody signs out, which nobody has to read about.</summary>
    public Task EndSilentlyAsync(Guid userId, Guid? id, CancellationToken cancellationToken) =>
        EndAsync(db.Sessions.Where(one => one.UserId == userId && one.Id == id), cancellationToken);

    /// <summary>Somebody ends every session, but not the one they do it from.</summary>
    public async Task EndOthersAsync(Guid? by, Guid userId, Guid? current, CancellationToken cancellationToken) =>
        await NoteAsync(by, userId, await EndAllAsync(userId, current, cancellationToken), cancellationToken);

    /// <returns>How many.</returns>
    public Task<int> EndAllAsync(Guid userId, Guid? except, CancellationToken cancellationToken) =>
        EndAsync(db.Sessions.Where(one => one.UserId == userId && one.Id != except), cancellationToken);

    public static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();

    private Task<int> EndAsync(IQueryable<UserSession> sessions, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return sessions.Where(one => one.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.EndedAt, now), cancellationToken);
    }

    private async Task<int> NoteAsync(Guid? by, Guid userId, int ended, CancellationToken cancellationToken)
    {
        if (ended > 0)
        {
            audit.Add(by, "user.sessions_ended", userId.ToString(), after: new { sessions = ended });
            await db.SaveChangesAsync(cancellationToken);
        }

        return ended;
    }
}
