using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Wire;
using HubSpotSync.FakeHubSpot.Writing;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class ValidationRoutes
{
    private const int MostArguments = 100;

    public static void MapValidations(this RouteGroupBuilder group)
    {
        group.MapGet("", List).ReadsSchema();
        group.MapGet("/{name}", OfProperty).ReadsSchema();
        group.MapGet("/{name}/rule-type/{ruleType}", One).ReadsSchema();
        group.MapPut("/{name}/rule-type/{ruleType}", PutAsync).WritesSchema();
    }

    private static IResult List(ApiCall call)
    {
        lock (call.Account.Gate)
        {
            var rules = call.Account.Rules.Of(call.Type).Where(pair => call.Schema().Find(pair.Property) is not null);
            return FakeJson.Ok(new PageBody<object>(
                [.. rules.Select(pair => new { propertyName = pair.Property, propertyValidationRules = pair.Rules })]));
        }
    }

    private static IResult OfProperty(ApiCall call, string name)
    {
        lock (call.Account.Gate)
        {
            RequireProperty(call, name);
            return FakeJson.Ok(new PageBody<PropertyRule>([.. call.Account.Rules.Of(call.Type, name)]));
        }
    }

    private static IResult One(ApiCall call, string name, string ruleType)
    {
        RequireKind(ruleType);
        lock (call.Account.Gate)
        {
            RequireProperty(call, name);
            return call.Account.Rules.Of(call.Type, name).FirstOrDefault(rule => rule.RuleType == ruleType) is { } rule
                ? FakeJson.Ok(rule)
                : throw Refuse.ResourceNotFound($"The rule {ruleType} of {name}");
        }
    }

    /// <summary>Without arguments the rule is taken away.</summary>
    private static async Task<IResult> PutAsync(ApiCall call, string name, string ruleType)
    {
        RequireKind(ruleType);
        var body = await call.ReadBodyAsync();
        if (body.Child("ruleArguments") is null)
        {
            throw JsonFields.Missing("ruleArguments");
        }

        var arguments = body.Texts("ruleArguments");
        if (arguments.Count > MostArguments)
        {
            throw Refuse.Validation($"A rule takes at most {MostArguments} arguments.");
        }

        var rule = new PropertyRule(ruleType, arguments, body.Flag("shouldApplyNormalization") ?? false);
        RuleCheck.RefuseUseless(rule);
        lock (call.Account.Gate)
        {
            RequireProperty(call, name);
            call.Account.Rules.Put(call.Type, name, rule);
            return FakeJson.NoContent;
        }
    }

    private static void RequireProperty(ApiCall call, string name)
    {
        if (call.Schema().Find(name) is null)
        {
            throw Refuse.ObjectNotFound(name);
        }
    }

    private static void RequireKind(string ruleType)
    {
        if (!PropertyRule.RuleTypes.Contains(ruleType))
        {
            throw Refuse.Validation($"{ruleType} is not a type of rule.");
        }
    }
}
