namespace HubSpotSync.Core.Fields;

/// <summary>What a person wants of a field that an admin adds, against what the property in HubSpot allows.</summary>
public enum FieldMisfit
{
    /// <summary>Nothing here holds values of that kind, such as coordinates.</summary>
    NothingHoldsIt,

    /// <summary>The two sides are of different types, so a value of one may be none on the other.</summary>
    OtherType,

    /// <summary>HubSpot computes it or keeps it to itself: it can only arrive.</summary>
    OnlyArrives,
}

public static class FieldFit
{
    /// <param name="hubSpot"><c>null</c>: nothing here holds its values.</param>
    /// <returns><c>null</c>: the two go together.</returns>
    public static FieldMisfit? Of(FieldType here, FieldType? hubSpot, bool canOnlyArrive, FieldDirection direction) =>
        hubSpot is null ? FieldMisfit.NothingHoldsIt
        : here != hubSpot ? FieldMisfit.OtherType
        : canOnlyArrive && direction is FieldDirection.Both or FieldDirection.Out ? FieldMisfit.OnlyArrives
        : null;
}
