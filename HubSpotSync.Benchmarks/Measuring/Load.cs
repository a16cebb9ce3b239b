using System.Diagnostics;

namespace HubSpotSync.Benchmarks.Measuring;

/// <summary>Asks over several connections for a time, reads the answers and throws them away.</summary>
internal static class Load
{
    private const int Connections = 4;

    /// <returns>Answers a second. An answer that is no success ends the measurement with its text.</returns>
    public static async Task<double> RateAsync(
        HttpClient http, Func<HttpRequestMessage> next, TimeSpan time, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(
            async () =>
            {
                var count = 0;
                for (; Stopwatch.GetElapsedTime(started) < time; count++)
                {
                    await AskAsync(http, next(), cancellationToken);
                }

                return count;
            },
            cancellationToken)));
        return counts.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static async Task AskAsync(HttpClient http, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            using var answer = await http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                var text = await answer.Content.ReadAsStringAsync(cancellationToken);
                throw new InvalidOperationException($"{(int)answer.StatusCode} {request.RequestUri}: {text}");
            }

            await answer.Content.CopyToAsync(Stream.Null, cancellationToken);
        }
    }
}
