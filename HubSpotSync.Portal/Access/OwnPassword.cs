using System.Security.Claims;
using HubSpotSync.Data.Identity;
using Microsoft.AspNetCore.Identity;

namespace HubSpotSync.Portal.Access;

/// <summary>Asks again for the password of whoever sits there, before what nobody else may do in their place.</summary>
internal sealed class OwnPassword(UserManager<User> users, AttemptLimiter attempts)
{
    /// <returns><c>null</c>, or why it is not accepted.</returns>
    public async Task<string?> RefusalAsync(ClaimsPrincipal by, string? given, HttpContext context)
    {
        if (string.IsNullOrEmpty(given))
        {
            return "Give your password.";
        }

        if (attempts.WaitOf(context, $"password:{by.UserId()}") is not null)
        {
            return "That was tried too often. Wait a minute.";
        }

        return await users.GetUserAsync(by) is { } user && await users.CheckPasswordAsync(user, given)
            ? null
            : "This is not your password.";
    }
}
