using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Pages;

/// <summary>All records of one kind, archived ones too, with a plain search over all their values.</summary>
internal sealed class RecordsModel(FakeAccounts accounts) : FakePage
{
    private const int PageSize = 50;

    public FakeAccount Account { get; private set; } = null!; // OnGet sets it
    public ObjectType Type { get; private set; }
    public string? Words { get; private set; }
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Where the next page begins; null on the last one.</summary>
    public long? Next { get; private set; }

    public void OnGet(int portalId, string type, string? q, long after = 0)
    {
        (Account, Type) = PersonEndpoints.Find(accounts, portalId, type);
        Words = q?.Trim();
        lock (Account.Gate)
        {
            var found = Account.Store(Type).From(after).Where(Matches).Take(PageSize + 1).ToList();
            Next = found.Count > PageSize ? found[PageSize].Id : null;
            Rows = [.. found.Take(PageSize).Select(Row.Of)];
        }
    }

    private bool Matches(CrmRecord record) => string.IsNullOrEmpty(Words)
        || $"{record.Id}" == Words
        || record.Names.Any(name => record.Value(name)?.Contains(Words, StringComparison.OrdinalIgnoreCase) == true);

    public sealed record Row(
        long Id, string Name, string? Detail, string? Stage, DateTimeOffset UpdatedAt, bool Archived)
    {
        public static Row Of(CrmRecord record) => new(
            record.Id, RecordName.Of(record),
            record.Type switch
            {
                ObjectType.Contact => record.Value("email"),
                ObjectType.Company => record.Value("domain"),
                _ => record.Value("amount"),
            },
            record.Value(record.Type == ObjectType.Deal ? "dealstage" : "lifecyclestage"),
            record.UpdatedAt, record.Archived);
    }
}
