using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Store;
using Microsoft.AspNetCore.Mvc;

namespace HubSpotSync.FakeHubSpot.Pages;

/// <summary>One account: what it holds, which apps it let in, snapshots, and bursts of work.</summary>
internal sealed class AccountModel(FakeAccounts accounts, Installations installations, Burst burst) : FakePage
{
    public FakeAccount Shown { get; private set; } = null!; // every handler sets it first
    public IReadOnlyList<Installation> Apps => installations.In(Shown.PortalId);
    public IReadOnlyList<string> Snapshots => accounts.SnapshotsOf(Shown.PortalId);

    public void OnGet(int portalId) => Shown = PersonEndpoints.Account(accounts, portalId);

    public IActionResult OnPostBurst(int portalId, string type, int count, bool edit)
    {
        var (account, objectType) = PersonEndpoints.Find(accounts, portalId, type);
        if (count is < 1 or > Burst.Most)
        {
            throw Refuse.Validation($"Number of records must be from 1 to {Burst.Most}.");
        }

        var none = new Dictionary<string, string>();
        var ids = edit
            ? burst.Edit(account, objectType, count, none)
            : burst.Make(account, objectType, count, none, null);
        return Done($"{ids.Count} {objectType.Plural()} {(edit ? "edited" : "created")}.");
    }

    public IActionResult OnPostKeep(int portalId, string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw Refuse.Validation("Name of the snapshot is missing.");
        }

        accounts.Keep(PersonEndpoints.Account(accounts, portalId), name);
        return Done($"Kept as '{name}'.");
    }

    public IActionResult OnPostRestore(int portalId, string name) => accounts.TryRestore(portalId, name)
        ? Done($"The account is as it was when '{name}' was kept.")
        : throw Refuse.ResourceNotFound($"Snapshot {name}");

    public IActionResult OnPostExpire(int portalId)
    {
        installations.Expire(PersonEndpoints.Account(accounts, portalId).PortalId);
        return Done("All access tokens have expired.");
    }

    public IActionResult OnPostRevoke(int portalId)
    {
        installations.Revoke(PersonEndpoints.Account(accounts, portalId).PortalId);
        return Done("All refresh tokens are revoked. Access tokens live until they end.");
    }

    public IActionResult OnPostUninstall(int portalId)
    {
        installations.Uninstall(PersonEndpoints.Account(accounts, portalId).PortalId);
        return Done("All apps are uninstalled.");
    }
}
