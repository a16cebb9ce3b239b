using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Billing;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.Data.Billing;

public sealed class PaymentBookTests : IAsyncLifetime
{
    private CrmHost _host = null!; // set before each test
    private Guid _by;
    private Guid _invoice;

    public async ValueTask InitializeAsync()
    {
        _host = await CrmHost.StartAsync();
        _by = await _host.AddUserAsync();
        _invoice = await _host.AddInvoiceAsync();
        await _host.SendAsync(_invoice, _by);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Payments_add_up_until_it_is_paid()
    {
        Assert.Equal(Booking.Done, await _host.PayAsync(_invoice, _by, 40));
        Assert.Equal((InvoiceState.PartlyPaid, 60m), await StateAsync());
        Assert.Equal(Booking.TooMuch, await _host.PayAsync(_invoice, _by, 60.01m));
        Assert.Equal(Booking.BadAmount, await _host.PayAsync(_invoice, _by, 0.005m));
        Assert.Equal(Booking.BadAmount, await _host.PayAsync(_invoice, _by, -5));
        Assert.Equal(Booking.Done, await _host.PayAsync(_invoice, _by, 60));
        Assert.Equal((InvoiceState.Paid, 0m), await StateAsync());
        Assert.Equal(Booking.Moved, await _host.PayAsync(_invoice, _by, 1));
        Assert.Equal(
            ["invoice.sent", "invoice.payment", "invoice.payment", "invoice.paid"],
            await _host.Database.ListAsync<string>("select kind from activities order by id"));
    }

    [Fact]
    public async Task A_payment_sent_ten_times_at_once_is_booked_once()
    {
        var id = Guid.NewGuid();

        var booked = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => _host.PayAsync(_invoice, _by, 25, id)));

        Assert.All(booked, booking => Assert.Equal(Booking.Done, booking));
        Assert.Equal((InvoiceState.PartlyPaid, 75m), await StateAsync());
        Assert.Equal(1, await _host.Database.ScalarAsync<long>("select count(*) from payments"));
    }

    [Fact]
    public async Task Ten_people_who_book_at_once_never_book_more_than_is_open()
    {
        var booked = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _host.PayAsync(_invoice, _by, 30)));

        Assert.Equal(3, booked.Count(booking => booking == Booking.Done));
        Assert.Equal(7, booked.Count(booking => booking == Booking.TooMuch));
        Assert.Equal((InvoiceState.PartlyPaid, 10m), await StateAsync());
    }

    [Fact]
    public async Task A_refund_over_two_payments_names_both_and_happens_once()
    {
        await _host.PayAsync(_invoice, _by, 60);
        await _host.PayAsync(_invoice, _by, 40);
        var id = Guid.NewGuid();

        Assert.Equal(Booking.TooMuch, await _host.RefundAsync(_invoice, _by, 101));
        Assert.Equal(Booking.Done, await _host.RefundAsync(_invoice, _by, 70, id));
        Assert.Equal(Booking.Done, await _host.RefundAsync(_invoice, _by, 70, id));

        Assert.Equal((InvoiceState.PartlyPaid, 70m), await StateAsync());
        Assert.Equal(
            ["40 of 40", "30 of 60"],
            await _host.Database.ListAsync<string>(
                """
                select r.amount || ' of ' || p.amount from payments r join payments p on p.id = r.refund_of
                  order by r.amount desc
                """));
        Assert.Equal(Booking.Done, await _host.RefundAsync(_invoice, _by, 30));
        Assert.Equal((InvoiceState.Sent, 100m), await StateAsync());
        Assert.Equal(Booking.Moved, await _host.RefundAsync(_invoice, _by, 1));
    }

    private async Task<(InvoiceState State, decimal Balance)> StateAsync()
    {
        var invoice = await _host.ReadAsync(_invoice);
        return (invoice.State, invoice.Balance);
    }
}
