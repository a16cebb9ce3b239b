using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Faults;

namespace HubSpotSync.FakeHubSpot.Control;

internal static class FaultEndpoints
{
    public static IResult Add(FaultBody body, FaultScript script)
    {
        if (body.ToFault() is not { } fault || body.Times < 1)
        {
            throw Refuse.Validation(
                "A fault has kind 'status' (with status 400 to 599), 'drop' or 'delay' (with delayMs), "
                + "and times of at least 1.");
        }

        script.Next(body.Method, body.PathPrefix, fault, body.Times);
        return FakeJson.Answer(201, new { pending = script.Pending });
    }

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
