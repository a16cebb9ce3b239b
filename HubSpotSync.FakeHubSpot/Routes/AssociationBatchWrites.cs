using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;
using HubSpotSync.FakeHubSpot.Writing;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>Each input of a batch stands for itself: what fails is told in a 207, the rest is done.</summary>
internal static class AssociationBatchWrites
{
    private const int MostWrites = 2_000;

    public static Task<IResult> LinkAsync(ApiCall call) => EachAsync(
        call,
        201,
        input =>
        {
            var (from, to) = AssociationPair.Read(call, input);
            var kinds = AssociationKinds.Require(call, RecordInputReader.Specs(input));
            foreach (var kind in kinds)
            {
                call.Links().Link(kind, from.Id, to.Id);
            }

            return AssociationView.Created(call, from.Id, to.Id);
        });

    public static Task<IResult> LinkByDefaultAsync(ApiCall call) => EachAsync(
        call,
        200,
        input =>
        {
            var (from, to) = AssociationPair.Read(call, input);
            var kind = AssociationKind.Default(call.Type, call.ToType);
            call.Links().Link(kind, from.Id, to.Id);
            return AssociationView.Default(kind, from.Id, to.Id);
        });

    public static Task<IResult> UnlinkAsync(ApiCall call, int status) => EachAsync(
        call,
        status,
        input =>
        {
            foreach (var (from, to) in AssociationPair.ReadMany(call, input))
            {
                call.Links().Unlink(call.Type, from.Id, call.ToType, to.Id);
            }

            return null;
        });

    public static Task<IResult> UnlinkLabelsAsync(ApiCall call, int status) => EachAsync(
        call,
        status,
        input =>
        {
            var (from, to) = AssociationPair.Read(call, input);
            foreach (var kind in AssociationKinds.Require(call, RecordInputReader.Specs(input)))
            {
                call.Links().UnlinkLabel(kind, from.Id, to.Id);
            }

            return null;
        });

    public static async Task<IResult> EachAsync(ApiCall call, int status, Func<JsonElement, object?> act)
    {
        var inputs = (await call.ReadBodyAsync()).Inputs(MostWrites);
        var (results, errors) = (new List<object>(), new List<ErrorBody>());
        lock (call.Account.Gate)
        {
            foreach (var input in inputs)
            {
                try
                {
                    if (act(input) is { } result)
                    {
                        results.Add(result);
                    }
                }
                catch (RefusalException refusal) when (refusal.Error is { } error && !IsMalformed(error))
                {
                    errors.Add(error);
                }
            }

            return status == 204 && errors.Count == 0
                ? FakeJson.NoContent
                : BatchBody<object>.Answer(call.Clock.Now, results, errors, status == 204 ? 200 : status);
        }
    }

    /// <summary>A body that cannot be read fails as a whole.</summary>
    private static bool IsMalformed(ErrorBody error) =>
        error.Message.StartsWith("Invalid input JSON", StringComparison.Ordinal);
}
