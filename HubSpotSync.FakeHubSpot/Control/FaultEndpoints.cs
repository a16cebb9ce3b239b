using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Faults;

namespace HubSpotSync.FakeHubSpot.Control;

internal static class FaultEndpoints
{
    public static IResult Add(FaultBody body, FaultScript script)
    {
        if (body.Problem() is { } problem)
        {
            throw Refuse.Validation(problem);
        }

        var id = script.Plan(body.Plan());
        return FakeJson.Answer(201, new { id, pending = script.Pending });
    }

    public static IResult Show(FaultScript script) => FakeJson.Ok(new
    {
        pending = script.Pending,
        unreachable = script.Unreachable,
        results = script.All.Select(planned => new
        {
            id = planned.Id,
            kind = planned.Fault.Answer.ToString(),
            method = planned.Match.Method,
            pathPrefix = planned.Match.PathPrefix,
            path = planned.Match.Path,
            portalId = planned.Match.PortalId,
            status = planned.Fault.Status == 0 ? (int?)null : planned.Fault.Status,
            afterCommit = planned.Fault.AfterCommit,
            share = planned.Share,
            left = planned.Left,
            hits = planned.Hits,
        }),
    });

    public static IResult Remove(int id, FaultScript script) =>
        script.Remove(id) ? FakeJson.NoContent : throw Refuse.ResourceNotFound($"Fault {id}");

    public static IResult Clear(FaultScript script)
    {
        script.Clear();
        return FakeJson.NoContent;
    }

    public static IResult SetUnreachable(UnreachableBody body, FaultScript script)
    {
        script.Unreachable = body.On;
        return FakeJson.NoContent;
    }
}
