using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Portal;

/// <summary>Something that can be sent to a page, who may send it, and which of its fields name a record.</summary>
internal sealed record PageForm(EndpointRule Rule, string Handler, WorkspaceRole? Needs, IReadOnlyList<string> Ids)
{
    public string At(string address) => Handler.Length == 0 ? address : $"{address}?handler={Handler}";

    public override string ToString() => $"{Rule.Route} {Handler}";
}

/// <summary>Who may send what. Pages ask it of themselves; here it is said a second time, by hand.</summary>
internal static class FormTable
{
    private const string HubSpot = "settings/integrations/hubspot";

    /// <summary>Pages that everybody may look at. A new one that can be sent has to be put here.</summary>
    private static readonly Dictionary<string, WorkspaceRole> OpenToLookAt = new(StringComparer.Ordinal)
    {
        ["account"] = WorkspaceRole.Viewer, // their own
        ["account/two-factor"] = WorkspaceRole.Viewer, // likewise
        [$"{HubSpot}/rules"] = WorkspaceRole.Admin,
        [$"{HubSpot}/mapping"] = WorkspaceRole.Admin,
        [$"{HubSpot}/review"] = WorkspaceRole.Admin,
        [$"{HubSpot}/outcomes"] = WorkspaceRole.Member,
        [$"{HubSpot}/health"] = WorkspaceRole.Member,
        [HubSpot + "/records/{kind}/{key}"] = WorkspaceRole.Member,
        [$"{HubSpot}/duplicates"] = WorkspaceRole.Member,
        [HubSpot + "/duplicates/{one:guid}/{other:guid}"] = WorkspaceRole.Member,
        ["ask"] = WorkspaceRole.Member,
    };

    /// <summary>Every handler of every page behind sign-in that takes a form, as the portal lists them.</summary>
    public static async Task<IReadOnlyList<PageForm>> ListAsync(PortalHost portal)
    {
        var forms = new List<PageForm>();
        foreach (var (rule, page) in await PagesAsync(portal))
        {
            forms.AddRange(page.HandlerMethods
                .Where(handler => HttpMethods.IsPost(handler.HttpMethod))
                .Select(handler => new PageForm(
                    rule,
                    handler.Name ?? "",
                    rule.Needs == WorkspaceRole.Viewer ? OpenTo(rule) : rule.Needs,
                    [.. handler.Parameters.Concat(page.BoundProperties).Where(IsId).Select(one => one.Name)])));
        }

        return forms;
    }

    /// <summary>Pages that can be read.</summary>
    public static async Task<IReadOnlySet<string>> ReadableAsync(PortalHost portal) =>
        (await PagesAsync(portal))
            .Where(one => one.Page.HandlerMethods.Count == 0
                || one.Page.HandlerMethods.Any(handler => HttpMethods.IsGet(handler.HttpMethod)))
            .Select(one => one.Rule.Route)
            .ToHashSet(StringComparer.Ordinal);

    private static WorkspaceRole OpenTo(EndpointRule rule) => OpenToLookAt.TryGetValue(rule.Route, out var role)
        ? role
        : throw new InvalidOperationException($"Who may send {rule.Route}? Put it into {nameof(FormTable)}.");

    private static async Task<List<(EndpointRule Rule, CompiledPageActionDescriptor Page)>> PagesAsync(
        PortalHost portal)
    {
        var loader = portal.Services.GetRequiredService<PageLoader>();
        var rules = EndpointTable.Rules.Where(rule => rule is { Needs: not null, IsPage: true })
            .ToDictionary(rule => rule.Route);
        var pages = new List<(EndpointRule Rule, CompiledPageActionDescriptor Page)>();
        foreach (var page in portal.Services.GetRequiredService<IActionDescriptorCollectionProvider>()
            .ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            var route = page.AttributeRouteInfo!.Template!.TrimStart('/').ToLowerInvariant(); // pages have routes
            if (rules.TryGetValue(route, out var rule))
            {
                pages.Add((rule, await loader.LoadAsync(page, EndpointMetadataCollection.Empty)));
            }
        }

        return pages;
    }

    private static bool IsId(ParameterDescriptor field) =>
        field.ParameterType == typeof(Guid) || field.ParameterType == typeof(Guid?)
        || field.ParameterType == typeof(Guid[]) || field.ParameterType == typeof(List<Guid>);
}
