using System.Diagnostics;
using HubSpotSync.FakeHubSpot.Changes;
using HubSpotSync.FakeHubSpot.Seeding;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>The accounts a person may choose on the consent page; the first is the large one.</summary>
public sealed partial class FakeAccounts
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(int PortalId, string Name), FakeAccount> _snapshots = [];
    private readonly FakeOptions _options;
    private readonly ILogger<FakeAccounts> _log;
    private volatile List<FakeAccount> _all;
    private Action<FakeAccount, RecordChange>? _listener;

    public FakeAccounts(IOptions<FakeOptions> options, ILogger<FakeAccounts> log)
    {
        (_options, _log) = (options.Value, log);
        _all = Seed();
    }

    public IReadOnlyList<FakeAccount> All => _all;
    public FakeAccount Main => All[0];
    public FakeAccount Small => All[1];

    public FakeAccount? Find(int portalId) => _all.Find(account => account.PortalId == portalId);

    /// <summary>Hears of every change in every account, those of later resets too.</summary>
    public void Listen(Action<FakeAccount, RecordChange> listener) => _listener += listener;

    /// <summary>Throws all changes, added accounts and snapshots away and seeds the same data anew.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _snapshots.Clear();
            _all = Seed();
        }
    }

    /// <returns>False where the account is there already.</returns>
    internal bool TryAdd(FakeAccount account, SeedSize size, int seed)
    {
        lock (_gate)
        {
            if (Find(account.PortalId) is not null)
            {
                return false;
            }

            _all = [.. _all, Tell(AccountSeeder.Seed(account, size, seed))];
            return true;
        }
    }

    /// <returns>False where there is no such account, or it is the last one.</returns>
    public bool TryRemove(int portalId)
    {
        lock (_gate)
        {
            if (_all.Count == 1 || Find(portalId) is null)
            {
                return false;
            }

            _all = [.. _all.Where(account => account.PortalId != portalId)];
            return true;
        }
    }

    /// <summary>Keeps what the account holds now under a name; an older one of that name is replaced.</summary>
    public void Keep(FakeAccount account, string name)
    {
        lock (_gate)
        {
            _snapshots[(account.PortalId, name)] = account.Copy();
        }
    }

    /// <summary>
    /// Puts the account back to what it was. Tokens, settings and the clock stay: they are not the account's.
    /// </summary>
    /// <returns>False where nothing was kept under the name.</returns>
    public bool TryRestore(int portalId, string name)
    {
        lock (_gate)
        {
            if (!_snapshots.TryGetValue((portalId, name), out var kept))
            {
                return false;
            }

            var restored = Tell(kept.Copy());
            _all = [.. _all.Select(account => account.PortalId == portalId ? restored : account)];
            return true;
        }
    }

    public bool Forget(int portalId, string name)
    {
        lock (_gate)
        {
            return _snapshots.Remove((portalId, name));
        }
    }

    public IReadOnlyList<string> SnapshotsOf(int portalId)
    {
        lock (_gate)
        {
            return
            [
                .. _snapshots.Keys.Where(key => key.PortalId == portalId)
                    .Select(key => key.Name)
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>Only once it is filled: seeding and restoring are told to nobody.</summary>
    private FakeAccount Tell(FakeAccount account)
    {
        account.Changes.Listen(change => _listener?.Invoke(account, change));
        return account;
    }

    private List<FakeAccount> Seed()
    {
        var started = Stopwatch.GetTimestamp();
        var large = new SeedSize(_options.Contacts, _options.Companies, _options.Deals);
        var small = SeedSize.InProportion(_options.SmallContacts);
        List<FakeAccount> accounts =
            [Tell(AccountSeeder.Seed(new FakeAccount(_options.PortalId, "Acme Outfitters"), large, _options.Seed))];
        for (var number = 1; number < _options.Accounts; number++)
        {
            var account = new FakeAccount(
                _options.SmallPortalId + number - 1, number == 1 ? "Corner Bookshop" : $"Account {number + 1}")
            {
                Currency = "USD", TimeZone = "America/New_York",
            };
            accounts.Add(Tell(AccountSeeder.Seed(account, small, _options.Seed + number)));
        }

        var milliseconds = (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Log.Seeded(_log, accounts.Count, _options.Contacts, milliseconds);
        return accounts;
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Seeded {Accounts} accounts, the first with {Contacts} contacts, in {Milliseconds} ms")]
        public static partial void Seeded(ILogger logger, int accounts, int contacts, int milliseconds);
    }
}
