namespace HubSpotSync.Portal.Web;

internal static class CsvAnswer
{
    /// <summary>Says that what follows is a file, to be kept by nobody on the way.</summary>
    public static void IsCsvFile(this HttpResponse response, string name)
    {
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename={name}";
        response.Headers.CacheControl = "no-store";
    }
}
