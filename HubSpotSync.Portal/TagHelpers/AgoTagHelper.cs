using System.Globalization;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace HubSpotSync.Portal.TagHelpers;

/// <summary>
/// <c>&lt;ago at="…"/&gt;</c>: "4 minutes ago", with the exact time of the workspace's zone on hover.
/// </summary>
[HtmlTargetElement("ago", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class AgoTagHelper(IServiceProvider services, TimeProvider clock) : TagHelper
{
    public DateTimeOffset? At { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public required ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.TagMode = TagMode.StartTagAndEndTag;
        if (At is not { } at)
        {
            output.TagName = "span";
            output.Content.SetContent("never");
            return;
        }

        var shell = await services.GetRequiredService<WorkspaceShell>()
            .ReadAsync(ViewContext.HttpContext.RequestAborted);
        output.TagName = "time";
        output.Attributes.SetAttribute("datetime", at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", RelativeTime.Exact(at, shell?.Workspace.TimeZone ?? "UTC"));
        output.Content.SetContent(RelativeTime.Say(at, clock.GetUtcNow()));
    }
}
