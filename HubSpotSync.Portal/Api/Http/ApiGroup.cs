using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Api.Idempotency;

namespace HubSpotSync.Portal.Api.Http;

/// <summary>What all endpoints for programs have in common.</summary>
internal static class ApiGroup
{
    public static RouteGroupBuilder MapApiGroup(this IEndpointRouteBuilder endpoints, string path, string name)
    {
        var group = endpoints.MapGroup(path).WithTags(name);
        group.AddEndpointFilterFactory(ArgumentChecks.Create);
        group.AddEndpointFilter<IdempotencyFilter>();
        return group;
    }

    /// <param name="id">The operation's id in the OpenAPI document.</param>
    /// <param name="scope">What a key needs for it.</param>
    public static RouteHandlerBuilder As(this RouteHandlerBuilder endpoint, string id, string scope, string summary)
    {
        int[] problems =
        [
            StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden,
            StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests,
        ];
        foreach (var status in problems)
        {
            endpoint.ProducesProblem(status);
        }

        return endpoint.WithName(id)
            .WithSummary(summary)
            .WithDescription($"Needs the scope `{scope}`.")
            .RequireAuthorization(ApiPolicies.Of(scope));
    }

    /// <summary>A request that changes something, and what may stand against it.</summary>
    public static RouteHandlerBuilder MayBeRefused(this RouteHandlerBuilder endpoint) => endpoint
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    /// <summary>What it answers is told once, and kept nowhere.</summary>
    public static RouteHandlerBuilder TellsSecret(this RouteHandlerBuilder endpoint) =>
        endpoint.WithMetadata(new AnswerIsSecret());

    /// <summary>A change of something that was read before.</summary>
    public static RouteHandlerBuilder WithIfMatch(this RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new NeedsIfMatch())
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status428PreconditionRequired);
}

/// <summary>An answer that is not kept, so the operation takes no Idempotency-Key.</summary>
internal sealed class AnswerIsSecret;

/// <summary>Tells the OpenAPI document of the header.</summary>
internal sealed class NeedsIfMatch;
