using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Control;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.FakeHubSpot.Pages;

/// <summary>
/// The frame of every page: only for this machine, without script, and with refusals told where they happened.
/// </summary>
internal abstract class FakePage : PageModel
{
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        HtmlPage.Harden(HttpContext, formAction: "'self'");
        if (!OwnMachine.Asks(HttpContext))
        {
            context.Result = new ContentResult { StatusCode = 403, Content = "Only on this machine." };
        }
    }

    public override void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
        if (context.Exception is RefusalException { Error: { } error, Status: var status })
        {
            context.ExceptionHandled = true;
            context.Result = HttpMethods.IsGet(Request.Method)
                ? new ContentResult { StatusCode = status, Content = error.Message }
                : Back(problem: InWords(error));
        }
    }

    /// <summary>To the page the form was on, so that a reload sends nothing twice.</summary>
    protected IActionResult Done(string what)
    {
        TempData["Done"] = what;
        return Redirect(Request.Path);
    }

    /// <summary>The properties an error is about are named with what is wrong about each.</summary>
    protected static string InWords(ErrorBody error) => error.Errors is { Count: > 0 } details
        ? string.Join(
            " ", details.Select(detail => detail.In is { } name ? $"{name}: {detail.Message}" : detail.Message))
        : error.Message;

    private RedirectResult Back(string problem)
    {
        TempData["Problem"] = problem;
        return Redirect(Request.Path);
    }
}
