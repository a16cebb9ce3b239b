using HubSpotSync.Data.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace HubSpotSync.Portal.Access;

/// <summary>A page that more people may look at than change: whatever is sent to it needs this role.</summary>
internal sealed class ChangesNeed(WorkspaceRole role) : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var method = context.HttpContext.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !context.HttpContext.User.IsAtLeast(role))
        {
            context.Result = new ForbidResult();
        }
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
