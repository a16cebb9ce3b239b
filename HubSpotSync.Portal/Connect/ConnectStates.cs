using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HubSpotSync.Core.Planning;
using Microsoft.AspNetCore.DataProtection;

namespace HubSpotSync.Portal.Connect;

/// <summary>
/// Makes and reads the state parameter. A state is good for ten minutes, one user, one browser (which holds the nonce
/// in a cookie) and one use: the cookie goes with it, and the nonce is remembered until it would have ended.
/// </summary>
internal sealed class ConnectStates(IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _protector = protection.CreateProtector("HubSpot.ConnectState");
    private readonly ConcurrentDictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);

    public (string State, string Nonce) Create(Guid userId, Guid workspaceId, SyncMode mode)
    {
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var state = new ConnectState(userId, workspaceId, mode, nonce, clock.GetUtcNow() + Lifetime);
        return (_protector.Protect(JsonSerializer.Serialize(state, JsonSerializerOptions.Web)), nonce);
    }

    public StateProblem Read(string? text, ConnectVisitor visitor, out ConnectState? state)
    {
        state = Unprotect(text);
        return state switch
        {
            null => StateProblem.Unreadable,
            _ when state.UserId != visitor.UserId || state.WorkspaceId != visitor.WorkspaceId => StateProblem.Foreign,
            _ when state.Ends <= clock.GetUtcNow() => StateProblem.Expired,
            _ when string.IsNullOrEmpty(visitor.Nonce) => StateProblem.Used,
            _ when !CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(state.Nonce),
                Encoding.UTF8.GetBytes(visitor.Nonce)) => StateProblem.Foreign,
            _ => Use(state) ? StateProblem.None : StateProblem.Used,
        };
    }

    private bool Use(ConnectState state)
    {
        var now = clock.GetUtcNow();
        foreach (var (nonce, ends) in _used)
        {
            if (ends <= now)
            {
                _used.TryRemove(nonce, out _);
            }
        }

        return _used.TryAdd(state.Nonce, state.Ends);
    }

    private ConnectState? Unprotect(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text)
                ? null
                : JsonSerializer.Deserialize<ConnectState>(_protector.Unprotect(text), JsonSerializerOptions.Web);
        }
        catch (Exception error) when (error is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }
}
