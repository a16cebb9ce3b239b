using System.Globalization;
using HubSpotSync.Core.Listing;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>
/// However a list is cut into parts, whatever its cursors mean and wherever a run dies: each record is taken once.
/// </summary>
public sealed class ListRangesLawTests
{
    [Fact]
    public void Each_record_of_a_list_is_taken_once_and_few_pages_are_read_more() => Law.Holds(List.Draw, list =>
    {
        var read = list.ReadAll();
        var fewest = (list.Ids.Length / List.PageSize) + 1;
        return read.Ids.Order().SequenceEqual(list.Ids)
            && read.Covers
            && (list.Dies || !list.GoesByIds || read.Pages <= (fewest * 1.1) + ListRanges.Most + 2);
    });

    /// <summary>A list of HubSpot's, and how it is read.</summary>
    private sealed record List(long[] Ids, bool GoesByIds, bool Includes, bool Dies, int Seed)
    {
        public const int PageSize = 3;

        public static List Draw(Draw draw)
        {
            var ids = new SortedSet<long>();
            var at = 1L;
            for (var count = draw.Below(60); ids.Count < count;)
            {
                at += draw.OneIn(12) ? 1 + draw.Below(2_000) : 1 + draw.Below(3);
                ids.Add(at);
            }

            return new List([.. ids], !draw.OneIn(5), draw.OneIn(2), draw.OneIn(3), draw.Below(int.MaxValue));
        }

        public (List<long> Ids, bool Covers, int Pages) ReadAll()
        {
            var dice = new Random(Seed);
            var ranges = ListRanges.Parse(null);
            var (taken, parts, pages) = (new List<long>(), new List<ListPart>(), 0);
            while (!ranges.IsDone && pages < 1_000)
            {
                var range = ranges.Open[dice.Next(ranges.Open.Count)];
                var (page, next) = Read(range.After);
                pages++;
                if (ranges.Take(range, page, next) is { } part)
                {
                    taken.AddRange(page.Where(part.Has));
                    parts.Add(part);
                }

                ranges.Split(new ListSize(
                    dice.Next(4) == 0 ? dice.Next(100) : Ids.Length, dice.Next(4) == 0 ? 0 : Ids.LastOrDefault()));
                if (Dies && dice.Next(8) == 0)
                {
                    ranges = ListRanges.Parse(ranges.ToString());
                }
            }

            var ordered = parts.Where(part => part.UpTo != part.After).OrderBy(part => part.After).ToList();
            var covers = ordered is [{ After: 0 }, ..] && ordered[^1].UpTo is null
                && ordered.Zip(ordered.Skip(1)).All(pair => pair.First.UpTo == pair.Second.After);
            return (taken, covers, pages);
        }

        public override string ToString() =>
            $"{string.Join(' ', Ids)}{(GoesByIds ? "" : ", cursors are opaque")}, dies {Dies}, seed {Seed}";

        /// <summary>A page from a cursor on: an id, before or at which it begins; or a number that is none.</summary>
        private (long[] Ids, string? Next) Read(string? after)
        {
            var from = after is null ? 0
                : !GoesByIds ? int.Parse(after, CultureInfo.InvariantCulture) % (Ids.Length + 1)
                : Array.FindIndex(Ids, id => Includes
                    ? id >= long.Parse(after, CultureInfo.InvariantCulture)
                    : id > long.Parse(after, CultureInfo.InvariantCulture));
            from = from < 0 ? Ids.Length : from;
            var to = Math.Min(Ids.Length, from + PageSize);
            return (Ids[from..to], to == Ids.Length ? null : Cursor(to));
        }

        private string Cursor(int at) => (GoesByIds ? Includes ? Ids[at] : Ids[at - 1] : at)
            .ToString(CultureInfo.InvariantCulture);
    }
}
