using System.Text;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Customers;

/// <summary>A file, as a person sends it to a list.</summary>
internal static class CsvFiles
{
    public static async Task<PageAnswer> ImportAsync(this PageClient client, string list, string content)
    {
        var preview = await client.FollowAsync(await client.UploadAsync(list, content));
        return await client.EndedAsync((await client.SubmitAsync(preview, "Import ")).Location!); // it leads on
    }

    public static async Task<PageAnswer> UploadAsync(this PageClient client, string list, string content)
    {
        var form = await client.GetAsync($"{list}/import");
        var token = form.Html.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var body = new MultipartFormDataContent();
        using var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        using var field = new StringContent(token);
        body.Add(file, "file", "file.csv");
        body.Add(field, "__RequestVerificationToken");
        return await client.SendAsync(HttpMethod.Post, $"{list}/import", body, []);
    }

    public static Task<PageAnswer> EndedAsync(this PageClient client, string path) => Eventually.SeeAsync(
        () => client.GetAsync(path),
        page => page.Html.QuerySelector("progress") is null,
        TimeSpan.FromSeconds(30),
        "the import to end");
}
