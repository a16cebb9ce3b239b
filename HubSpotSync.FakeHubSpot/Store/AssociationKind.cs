namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>A kind of link in one direction, and the id of the same kind seen from the other side.</summary>
public sealed record AssociationKind(
    ObjectType From, ObjectType To, int TypeId, int InverseTypeId, string? Label, string InlineName)
{
    /// <summary>HubSpot's own type ids (its table of association type ids).</summary>
    public static readonly IReadOnlyList<AssociationKind> All =
    [
        new(ObjectType.Contact, ObjectType.Company, 279, 280, null, "contact_to_company_unlabeled"),
        new(ObjectType.Contact, ObjectType.Company, 1, 2, "Primary", "contact_to_company"),
        new(ObjectType.Company, ObjectType.Contact, 280, 279, null, "company_to_contact_unlabeled"),
        new(ObjectType.Company, ObjectType.Contact, 2, 1, "Primary", "company_to_contact"),
        new(ObjectType.Deal, ObjectType.Contact, 3, 4, null, "deal_to_contact"),
        new(ObjectType.Contact, ObjectType.Deal, 4, 3, null, "contact_to_deal"),
        new(ObjectType.Deal, ObjectType.Company, 341, 342, null, "deal_to_company_unlabeled"),
        new(ObjectType.Deal, ObjectType.Company, 5, 6, "Primary", "deal_to_company"),
        new(ObjectType.Company, ObjectType.Deal, 342, 341, null, "company_to_deal_unlabeled"),
        new(ObjectType.Company, ObjectType.Deal, 6, 5, "Primary", "company_to_deal"),
        new(ObjectType.Company, ObjectType.Company, 13, 14, "Parent", "parent_to_child_company"),
        new(ObjectType.Company, ObjectType.Company, 14, 13, "Child", "child_to_parent_company"),
        new(ObjectType.Contact, ObjectType.Contact, 449, 449, null, "contact_to_contact"),
        new(ObjectType.Company, ObjectType.Company, 450, 450, null, "company_to_company"),
        new(ObjectType.Deal, ObjectType.Deal, 451, 451, null, "deal_to_deal"),
    ];

    public static AssociationKind? Find(int typeId, ObjectType from, ObjectType to) =>
        All.FirstOrDefault(kind => kind.TypeId == typeId && kind.From == from && kind.To == to);

    public static AssociationKind Default(ObjectType from, ObjectType to) =>
        All.First(kind => kind.Label is null && kind.From == from && kind.To == to);

    public const string HubSpotDefined = "HUBSPOT_DEFINED";
    public const string UserDefined = "USER_DEFINED";

    public string Category { get; init; } = HubSpotDefined;

    /// <summary>How an account's own label reads from the other side.</summary>
    public string? InverseLabel { get; init; }

    public bool IsOwn => Category == UserDefined;

    public AssociationKind Inverse => IsOwn
        ? this with
        {
            From = To, To = From, TypeId = InverseTypeId, InverseTypeId = TypeId, Label = InverseLabel,
            InverseLabel = Label,
        }
        : All.First(kind => kind.TypeId == InverseTypeId);
}
