namespace HubSpotSync.Data.Billing;

/// <summary>What became of something that a person wanted done to a paper.</summary>
public enum Booking
{
    Done,

    /// <summary>The paper is not there.</summary>
    Gone,

    /// <summary>It is not as the person saw it: edited meanwhile, or in a state that does not allow this.</summary>
    Moved,

    /// <summary>Nothing is charged on it.</summary>
    NoLines,

    /// <summary>It does not say who is billed.</summary>
    NoBuyer,

    BelowZero,

    /// <summary>Not above zero, or finer than the currency's smallest unit.</summary>
    BadAmount,

    /// <summary>More than is open, or more than was paid.</summary>
    TooMuch,
}

/// <summary>An e-mail as a person wants it sent; the id makes that one wish, however often the form arrives.</summary>
public sealed record MailToSend(Guid Id, string Recipient, string Subject, string Body)
{
    /// <summary>Stands for the number in subject and body, which is known only once it is given.</summary>
    public const string NumberMark = "{number}";
}

/// <summary>Money that moved; the id makes that one wish, however often the form arrives.</summary>
public sealed record MoneyMoved(Guid Id, decimal Amount, DateOnly On, string Method, string? Reference);
