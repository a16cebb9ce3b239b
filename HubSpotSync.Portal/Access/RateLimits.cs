using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Access;

internal static class RateLimits
{
    /// <summary>For endpoints that take a secret.</summary>
    public const string Attempts = "attempts";

    /// <summary>For pages that are open to whoever holds their code.</summary>
    public const string PublicPages = "public-pages";

    public static IServiceCollection AddPortalRateLimits(this IServiceCollection services)
    {
        services.AddOptions<RateLimitOptions>()
            .BindConfiguration(RateLimitOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<AttemptLimiter>();
        services.AddRateLimiter(_ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>(Configure);
        return services;
    }

    public static FixedWindowRateLimiterOptions Window(int permits) =>
        new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) };

    public static void SayWhen(HttpResponse response, TimeSpan wait) =>
        response.Headers.RetryAfter =
            Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static void Configure(RateLimiterOptions limiter, IOptions<RateLimitOptions> options)
    {
        var limits = options.Value;
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (rejected, _) =>
        {
            SayWhen(
                rejected.HttpContext.Response,
                rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1));
            return ValueTask.CompletedTask;
        };
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            IsFree(context)
                ? RateLimitPartition.GetNoLimiter("free")
                : context.User.KeyId() is { } key
                ? RateLimitPartition.GetFixedWindowLimiter($"key:{key}", _ => Window(limits.RequestsPerKey))
                : RateLimitPartition.GetFixedWindowLimiter(
                    context.User.UserId()?.ToString() ?? AddressOf(context), _ => Window(limits.RequestsPerMinute)));
        limiter.AddPolicy(Attempts, context =>
            HttpMethods.IsPost(context.Request.Method)
                ? RateLimitPartition.GetFixedWindowLimiter(AddressOf(context), _ => Window(limits.AttemptsPerAddress))
                : RateLimitPartition.GetNoLimiter("reading"));
        limiter.AddPolicy(PublicPages, context => RateLimitPartition.GetFixedWindowLimiter(
            AddressOf(context), _ => Window(limits.PublicPagesPerAddress)));
    }

    // The page that tells of a refusal: it must not be refused itself.
    private static bool IsFree(HttpContext context) => context.Features.Get<IStatusCodeReExecuteFeature>() is not null;

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "local";
}
