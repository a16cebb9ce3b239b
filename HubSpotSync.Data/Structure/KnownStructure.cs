using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Data.Structure;

/// <summary>
/// How a HubSpot account is set up, as the worker last read it, and what the portal wants to know next.
/// </summary>
public sealed class KnownStructure : IWorkspaceOwned
{
    public Guid ConnectionId { get; init; }
    public Guid WorkspaceId { get; init; }

    /// <summary>Since when somebody waits; after a while nobody does any more.</summary>
    public DateTimeOffset? AskedAt { get; set; }
    public bool WantsDefinitions { get; set; }
    public ScopeQuestion? WantsCount { get; set; }

    /// <summary>HubSpot's id of the contact whose values shall be read.</summary>
    public long? WantsSample { get; set; }
    public List<KnownProperty> Properties { get; set; } = [];
    public List<KnownList> Lists { get; set; } = [];

    /// <summary>When properties and lists were read.</summary>
    public DateTimeOffset? ReadAt { get; set; }
    public ScopeCount? Count { get; set; }
    public SampleRecord? Sample { get; set; }

    /// <summary>The e-mail, in small letters, of somebody whom HubSpot may have.</summary>
    public string? WantsContact { get; set; }
    public FoundContact? FoundContact { get; set; }
}

/// <summary>Whom HubSpot has under an e-mail.</summary>
/// <param name="Id"><c>null</c>: nobody.</param>
public sealed record FoundContact(string Email, long? Id, DateTimeOffset At);

/// <summary>A property that records of a kind have in HubSpot.</summary>
/// <param name="Type">What holds its values here; <c>null</c>: nothing does, such as for coordinates.</param>
/// <param name="HubSpotType">HubSpot's own word for its type.</param>
public sealed record KnownProperty(
    RecordKind Kind, string Name, string Label, FieldType? Type, string HubSpotType)
{
    /// <summary>Nobody but HubSpot writes it, or it is computed: it can only arrive.</summary>
    public bool IsReadOnly { get; init; }
    public bool IsCalculated { get; init; }
    public bool HasUniqueValue { get; init; }
    public bool IsHubSpots { get; init; }
    public List<KnownOption> Options { get; init; } = [];

    public bool CanOnlyArrive => IsReadOnly || IsCalculated;
}

public sealed record KnownOption(string Value, string Label);

/// <param name="ProcessingType">MANUAL, SNAPSHOT or DYNAMIC.</param>
public sealed record KnownList(long Id, string Name, string ProcessingType, int Size);

/// <summary>A contact's values as HubSpot holds them, by property; blanks are left out.</summary>
public sealed record SampleRecord(long Id, Dictionary<string, string> Values, DateTimeOffset ReadAt)
{
    /// <summary>HubSpot does not have the contact any more.</summary>
    public bool IsGone { get; init; }
}
