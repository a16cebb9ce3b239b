using System.Security.Cryptography;
using System.Text;
using HubSpotSync.Data;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Api.Http;

namespace HubSpotSync.Portal.Api.Idempotency;

/// <summary>
/// A request with an Idempotency-Key does its work once. Key, work and answer are one transaction: who comes second
/// waits for its end and gets the same answer; where it failed or the process died, nothing of it is there, and the
/// second one does the work. What was refused changed nothing and is not remembered.
/// </summary>
internal sealed class IdempotencyFilter(CrmDbContext db, AnswerBook answers) : IEndpointFilter
{
    public const string Header = "Idempotency-Key";
    public const string Replayed = "Idempotency-Replayed";
    private const int Longest = 200;

    public async ValueTask<object?> InvokeAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0 || http.User.KeyId() is not { } program
            || HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            return await next(context);
        }

        if (http.GetEndpoint()?.Metadata.GetMetadata<AnswerIsSecret>() is not null)
        {
            return ApiProblem.Unreadable(
                Header, "This answer holds a secret and is kept nowhere, so it can't be given again. Leave it out.");
        }

        if (key.Length > Longest || !key.All(letter => letter is >= '!' and <= '~'))
        {
            return ApiProblem.Unreadable(Header, $"At most {Longest} letters, digits and signs, without spaces.");
        }

        var cancelled = http.RequestAborted;
        var hash = HashOf(http.Request, context.Arguments.OfType<IJsonBody>().FirstOrDefault()?.Raw ?? []);
        await using var transaction = await db.Database.BeginTransactionAsync(cancelled);
        if (!await answers.BeginAsync(program, key, hash, cancelled))
        {
            return await AgainAsync(http, program, key, hash);
        }

        var result = await next(context);
        if (GivenAnswer.Of(result, http) is not { } given)
        {
            return result; // refused: the transaction ends with nothing in it
        }

        await answers.KeepAsync(program, key, given, cancelled);
        await transaction.CommitAsync(cancelled);
        return result;
    }

    private async Task<IResult> AgainAsync(HttpContext http, Guid program, string key, byte[] hash)
    {
        if (await answers.FindAsync(program, key, http.RequestAborted) is not { } known)
        {
            // Between the two looks it was given up or forgotten.
            return ApiProblem.Conflict("try_again", "The first request with this key has just ended. Send it again.");
        }

        if (!known.Hash.AsSpan().SequenceEqual(hash))
        {
            return ApiProblem.Of(
                StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused",
                "This Idempotency-Key belongs to another request. Send one of its own with each new request.",
                new Dictionary<string, string> { [Header] = "It was sent with another method, address or body." });
        }

        http.Response.Headers[Replayed] = "true";
        return known.Answer;
    }

    private static byte[] HashOf(HttpRequest request, byte[] body)
    {
        var what = Encoding.UTF8.GetBytes(
            $"{request.Method} {request.Path}{request.QueryString}\n{request.Headers.IfMatch}\n");
        return SHA256.HashData([.. what, .. body]);
    }
}
