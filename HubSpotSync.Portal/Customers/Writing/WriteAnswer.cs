using HubSpotSync.Data.Crm;

namespace HubSpotSync.Portal.Customers.Writing;

/// <summary>What became of a wish to write a record.</summary>
internal abstract record WriteAnswer
{
    private WriteAnswer()
    {
    }

    /// <param name="Changed">Names of the fields that hold something else now.</param>
    /// <param name="IsBesideOthers">Somebody else saved other fields meanwhile; both are kept.</param>
    internal sealed record Saved(Guid Id, IReadOnlyList<string> Changed, bool IsBesideOthers = false) : WriteAnswer;

    internal sealed record Gone : WriteAnswer;

    /// <param name="Problems">By field; an empty name stands for the record.</param>
    internal sealed record Refused(IReadOnlyDictionary<string, string> Problems) : WriteAnswer
    {
        /// <summary>Where HubSpot's fields are edited, where one of those is refused.</summary>
        public string? HubSpotHref { get; init; }

        /// <summary>The record that has the address already.</summary>
        public Guid? OtherId { get; init; }
    }

    /// <summary>Somebody else gave the same fields other values since the record was read; nothing is saved.</summary>
    internal sealed record Clash(CrmRecord Theirs, IReadOnlyList<string> Fields) : WriteAnswer;

    public static Refused No(string problem, string field = "") =>
        new(new Dictionary<string, string> { [field] = problem });
}
