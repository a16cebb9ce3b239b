namespace HubSpotSync.Core.Fields;

/// <summary>
/// How a field's text is normalised and compared. Every value travels as text, as it does in HubSpot's API.
/// </summary>
public enum FieldType
{
    Text,
    Email,
    Domain,
    Phone,
    Number,

    /// <summary>UTC with milliseconds, ISO 8601.</summary>
    DateTime,

    /// <summary>An internal option value, never its label.</summary>
    Enumeration,

    /// <summary>Several internal option values, parted by semicolons; their order says nothing.</summary>
    MultipleChoice,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A day without a time, <c>yyyy-MM-dd</c>.</summary>
    Date,
}
