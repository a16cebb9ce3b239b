using HubSpotSync.Portal.Ask;

namespace HubSpotSync.Tests.Portal.Ask;

public sealed class PlainGrammarTests
{
    [Theory]
    [InlineData("status", "Status")]
    [InlineData("Is everything in sync?", "Status")]
    [InlineData("how is it going", "Status")]
    [InlineData("when was the last sync", "Status")]
    [InlineData("are we still connected?", "Status")]
    [InlineData("sync now", "SyncNow")]
    [InlineData("Please SYNC", "SyncNow")]
    [InlineData("synchronise everything", "SyncNow")]
    [InlineData("start", "SyncNow")]
    [InlineData("stop", "Stop")]
    [InlineData("cancel the sync!", "Stop")]
    [InlineData("how far is it?", "HowFar")]
    [InlineData("how long will the sync take", "HowFar")]
    [InlineData("is it done yet", "HowFar")]
    [InlineData("progress", "HowFar")]
    [InlineData("show failing", "Failing")]
    [InlineData("What needs me?", "Failing")]
    [InlineData("why did some records fail", "Failing")]
    [InlineData("any errors?", "Failing")]
    [InlineData("resolve duplicates", "Duplicates")]
    [InlineData("who is here twice", "Duplicates")]
    [InlineData("show what was imported", "Imported")]
    [InlineData("what came with the last run?", "Imported")]
    [InlineData("what is left out", "LeftOut")]
    [InlineData("show excluded", "LeftOut")]
    [InlineData("help", "Help")]
    [InlineData("", "Help")]
    [InlineData("  ? ", "Help")]
    [InlineData("sing me a song", "Unclear")]
    [InlineData("1=1; drop table customers", "Unclear")]
    public void Plain_words_are_understood(string text, string wish) =>
        Assert.Equal(wish, PlainGrammar.Understand(text).GetType().Name);

    [Theory]
    [InlineData("why is ada@example.com missing?", "ada@example.com")]
    [InlineData("Why isn't Ada@Example.com here", "Ada@Example.com")]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("ada+news@mail.example.co.uk?", "ada+news@mail.example.co.uk")]
    [InlineData("where is <ada@example.com>,", "ada@example.com")]
    [InlineData("why is Ada Lovelace not synced?", "Ada Lovelace")]
    [InlineData("Why did Ada Lovelace fail", "Ada Lovelace fail")]
    [InlineData("where's Engines Ltd", "Engines Ltd")]
    [InlineData("why is \"The Sync Company\" excluded", "The Sync Company")]
    [InlineData("what happened to O'Brien", "O'Brien")]
    public void A_question_about_somebody_names_them(string text, string subject) =>
        Assert.Equal(new Wish.Why(subject), PlainGrammar.Understand(text));

    [Theory]
    [InlineData("why is it failing")]
    [InlineData("why are they missing")]
    [InlineData("why")]
    public void A_question_about_all_of_them_names_nobody(string text) =>
        Assert.IsNotType<Wish.Why>(PlainGrammar.Understand(text));
}
