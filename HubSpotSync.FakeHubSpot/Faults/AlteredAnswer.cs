namespace HubSpotSync.FakeHubSpot.Faults;

/// <summary>The true answer, withheld until the work is done, and then spoiled.</summary>
internal static class AlteredAnswer
{
    private const int SlowPieces = 20;

    /// <summary>The work is done; what was said about it is lost.</summary>
    public static async Task UnheardAsync(HttpContext http, RequestDelegate next)
    {
        await CaptureAsync(http, next);
        http.Response.Clear();
    }

    public static async Task HalfAsync(HttpContext http, RequestDelegate next)
    {
        var body = await CaptureAsync(http, next);
        http.Response.ContentLength = null;
        await http.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), http.RequestAborted);
    }

    public static async Task SlowlyAsync(HttpContext http, RequestDelegate next, TimeSpan time)
    {
        var body = await CaptureAsync(http, next);
        http.Response.ContentLength = null;
        foreach (var piece in body.Chunk(Math.Max(1, (body.Length / SlowPieces) + 1)))
        {
            await Task.Delay(time / SlowPieces, http.RequestAborted);
            await http.Response.Body.WriteAsync(piece, http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    /// <summary>Status and headers stay as the work left them; the body is returned instead of sent.</summary>
    public static async Task<byte[]> CaptureAsync(HttpContext http, RequestDelegate next)
    {
        var answer = http.Response.Body;
        using var body = new MemoryStream();
        http.Response.Body = body;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = answer;
        }

        return body.ToArray();
    }
}
