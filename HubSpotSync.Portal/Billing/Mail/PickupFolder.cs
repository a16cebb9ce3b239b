using System.Net.Mail;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Billing.Mail;

/// <summary>
/// Lays each mail into a folder as a file named by its id. It is put in place by a rename, so nobody sees half of it,
/// and one that lies there already is not laid there again.
/// </summary>
internal sealed class PickupFolder(IOptions<MailOptions> options, IHostEnvironment environment) : IMailTransport
{
    public bool KnowsWhatItTook => true;

    private string Folder => Path.Combine(
        environment.ContentRootPath,
        options.Value.PickupFolder ?? throw new InvalidOperationException("Mail:PickupFolder is not set."));

    public async Task SendAsync(Guid id, MailMessage message, CancellationToken cancellationToken)
    {
        var target = Path.Combine(Folder, $"{id:N}.eml");
        if (File.Exists(target))
        {
            return;
        }

        var writing = Path.Combine(Folder, $".{Guid.NewGuid():N}");
        Directory.CreateDirectory(writing);
        try
        {
            using var client = new SmtpClient
            {
                DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory,
                PickupDirectoryLocation = writing,
            };
            await client.SendMailAsync(message, cancellationToken);
            File.Move(Directory.GetFiles(writing).Single(), target, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MailRefusedException("The folder for e-mails can't be written to.", isForGood: false, error);
        }
        finally
        {
            Directory.Delete(writing, recursive: true);
        }
    }
}
