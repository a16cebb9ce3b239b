using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>A case, and the same with the sides changed places and every rule turned to the other side.</summary>
public sealed record MirroredCase(MergeCase Plain, MergeCase Mirrored)
{
    public static MirroredCase Of(MergeCase plain)
    {
        var map = new FieldMap(plain.Map.Kind, plain.Map.Fields.Select(field => field with
        {
            Direction = Mirror(field.Direction),
            Rule = Mirror(field.Rule),
        }));
        return new MirroredCase(plain, new MergeCase(
            plain.Ancestor, plain.HubSpot with { Map = map }, plain.Local with { Map = map }));
    }

    /// <summary>Two things are not: a tie goes to HubSpot, and only HubSpot's clock is waited for.</summary>
    public bool IsSymmetrical(int field) =>
        Plain.Local.EditedAt(field) is { } here && Plain.HubSpot.EditedAt(field) is { } there && here != there;

    private static FieldDirection Mirror(FieldDirection direction) => direction switch
    {
        FieldDirection.In => FieldDirection.Out,
        FieldDirection.Out => FieldDirection.In,
        _ => direction,
    };

    private static ConflictRule Mirror(ConflictRule rule) => rule switch
    {
        ConflictRule.HubSpot => ConflictRule.Local,
        ConflictRule.Local => ConflictRule.HubSpot,
        ConflictRule.HubSpotUnlessBlank => ConflictRule.LocalUnlessBlank,
        ConflictRule.LocalUnlessBlank => ConflictRule.HubSpotUnlessBlank,
        _ => rule,
    };
}
