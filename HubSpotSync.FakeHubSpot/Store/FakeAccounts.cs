using System.Diagnostics;
using HubSpotSync.FakeHubSpot.Changes;
using HubSpotSync.FakeHubSpot.Seeding;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>The accounts a person may choose on the consent page; the first is the large one.</summary>
public sealed partial class FakeAccounts
{
    private readonly FakeOptions _options;
    private readonly ILogger<FakeAccounts> _log;
    private Action<FakeAccount, RecordChange>? _listener;

    public FakeAccounts(IOptions<FakeOptions> options, ILogger<FakeAccounts> log)
    {
        (_options, _log) = (options.Value, log);
        All = Seed();
    }

    public IReadOnlyList<FakeAccount> All
    {
        get;
        private set
        {
            // Only now: seeding and restoring are told to nobody.
            foreach (var account in value)
            {
                account.Changes.Listen(change => _listener?.Invoke(account, change));
            }

            field = value;
        }
    }

    public FakeAccount Main => All[0];
    public FakeAccount Small => All[1];

    public FakeAccount? Find(int portalId) => All.FirstOrDefault(account => account.PortalId == portalId);

    /// <summary>Hears of every change in every account, those of later resets too.</summary>
    public void Listen(Action<FakeAccount, RecordChange> listener) => _listener += listener;

    /// <summary>Throws all changes away and seeds the same data anew.</summary>
    public void Reset() => All = Seed();

    private List<FakeAccount> Seed()
    {
        var started = Stopwatch.GetTimestamp();
        List<FakeAccount> accounts =
        [
            AccountSeeder.Seed(
                new FakeAccount(_options.PortalId, "Acme Outfitters"),
                new SeedSize(_options.Contacts, _options.Companies, _options.Deals),
                _options.Seed),
            AccountSeeder.Seed(
                new FakeAccount(
                    _options.SmallPortalId, "Corner Bookshop") { Currency = "USD", TimeZone = "America/New_York" },
                SeedSize.InProportion(_options.SmallContacts),
                _options.Seed + 1),
        ];
        var milliseconds = (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        Log.Seeded(_log, _options.PortalId, _options.Contacts, milliseconds);
        return accounts;
    }

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "Seeded account {PortalId} with {Contacts} contacts in {Milliseconds} ms")]
        public static partial void Seeded(ILogger logger, int portalId, int contacts, int milliseconds);
    }
}
