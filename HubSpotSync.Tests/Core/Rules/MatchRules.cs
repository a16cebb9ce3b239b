using HubSpotSync.Core.Matching;

namespace HubSpotSync.Tests.Core.Rules;

internal static class MatchRules
{
    private static readonly string[] Names = ["Ada", "Bob", "Eve"];

    /// <summary>Whom each thing names, and who it is then.</summary>
    public static void Match(RuleRow row)
    {
        var linked = row.List("linked to");
        var hasDomain = row.Yes("is a company");
        var matcher = new RecordMatcher(
            linked.ToDictionary(_ => 1L, IdOf),
            Holders(row, ("first", "e-mail, domain"), ("further", "further e-mail")))
        {
            Unlinked = row.List("not linked yet").Select(IdOf).ToHashSet(),
            Uniques = Holders(row, ("unique", "unique property")),
        };

        var match = matcher.Match(new MatchKeys(1, "first", hasDomain ? MatchedBy.Domain : MatchedBy.Email)
        {
            SecondaryKeys = ["further"],
            Decided = Named(row, "a person said"),
            OwnId = Named(row, "our id in it"),
            Unique = "unique",
        });

        var (who, by) = match switch
        {
            MatchResult.Matched one => (Names.Single(name => IdOf(name) == one.LocalId), $"{one.By}"),
            MatchResult.Ambiguous => ("several", ""),
            _ => ("nobody", ""),
        };
        row.Says("is", who);
        row.Says("found by", by);
    }

    private static ILookup<string, Guid> Holders(RuleRow row, params (string Key, string Column)[] keys) => keys
        .SelectMany(key => row.List(key.Column).Select(name => (key.Key, Id: IdOf(name))))
        .ToLookup(one => one.Key, one => one.Id);

    private static Guid? Named(RuleRow row, string column) => row.List(column) is [var name] ? IdOf(name) : null;

    private static Guid IdOf(string name) => new(1 + Names.ToList().IndexOf(name), 0, 0, new byte[8]);
}
