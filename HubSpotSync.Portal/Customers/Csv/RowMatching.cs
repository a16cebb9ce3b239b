using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Jobs;

namespace HubSpotSync.Portal.Customers.Csv;

/// <summary>A column that is no field of the record and tells which one is meant.</summary>
/// <param name="Headers">What it may be called, letters and digits only.</param>
internal sealed record KeyColumn(string Name, string Label, IReadOnlyList<string> Headers);

/// <summary>A row that may mean the same record as rows with another key.</summary>
/// <param name="Key">Of those other rows.</param>
/// <param name="Own">Its own.</param>
internal sealed record Namesake(string Key, string Own, int Line);

/// <summary>Which record a row of a file means: what differs between files of customers and of companies.</summary>
internal abstract class RowMatching
{
    public abstract RecordKind Kind { get; }

    /// <summary>How rows are matched, for who chooses the columns.</summary>
    public abstract string How { get; }

    public abstract string Nameless { get; }

    public abstract string Several { get; }

    public abstract string SameAs(int line);

    /// <param name="line">Of the row that means what a weak key may mean.</param>
    public virtual string NamedAs(int line) => SameAs(line);

    /// <summary>A row with such a key gives way to one that is surer of what it means, wherever it stands.</summary>
    public virtual bool IsWeak(string key) => false;

    public virtual IReadOnlyList<KeyColumn> Columns => [];

    /// <summary>Notes of each row what the record is told apart by under the mapping.</summary>
    public abstract Task KeyAsync(CsvImport import, CancellationToken cancellationToken);

    /// <summary>The rows of the file, on all its pages, that may mean what one of these keys means.</summary>
    public virtual Task<List<Namesake>> NamesakesAsync(
        CsvImport import, string[] keys, CancellationToken cancellationToken) => Task.FromResult(new List<Namesake>());

    /// <summary>All records that one of the keys means.</summary>
    public abstract Task<IReadOnlyList<CrmRecord>> FindAsync(string[] keys, CancellationToken cancellationToken);

    /// <summary>The keys of the rows that mean a record.</summary>
    public abstract IEnumerable<string> KeysOf(CrmRecord record);

    /// <summary>Why a key that means no record is not one of a new one; <c>null</c>: it is.</summary>
    public virtual string? Unknown(string key) => null;

    /// <param name="cells">By the field that they hold.</param>
    public abstract string TitleOf(IReadOnlyDictionary<string, string> cells);

    // Postgres counts from one, and has nothing at zero.
    protected static int At(CsvImport import, string field) => import.Mapping
        .Where(pair => pair.Value == field)
        .Select(pair => pair.Key + 1)
        .FirstOrDefault();
}

/// <summary>Finds the matching of a kind of record.</summary>
internal sealed class RowMatchings(CustomerRows customers, CompanyRows companies)
{
    public RowMatching Of(RecordKind kind) => kind == RecordKind.Contact ? customers : companies;
}
