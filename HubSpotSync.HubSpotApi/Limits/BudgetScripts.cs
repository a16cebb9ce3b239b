namespace HubSpotSync.HubSpotApi.Limits;

/// <summary>
/// What Redis does, each in one step, with the rolling log of an account's requests, by its own clock. An entry says by
/// its first letter whether somebody urgent made the request. Until its answer comes it is noted a tenth of the window
/// later than it was sent: HubSpot counts it when it arrives, and its sender may have died on the way.
/// </summary>
internal static class BudgetScripts
{
    /// <summary>
    /// Answers how long to wait (0: it is noted) and how many there are. Whoever is urgent and finds no room leaves a
    /// mark, for which the others make way; and as long as the log knows of somebody urgent, they leave more free. They
    /// leave a mark too, so that whoever is urgent gathers also where the others have not got a place yet. Alone the
    /// others take all there is, as fast as they can. For a while after news they leave a part free in any case and go
    /// one by one: a window that was filled in two seconds would have no place for the other eight.
    /// </summary>
    public const string Take =
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local blocked = redis.call('PTTL', KEYS[2])
        if blocked > 0 then return {blocked, 0} end
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
        local sent = redis.call('ZCARD', KEYS[1])
        local most = tonumber(ARGV[6])
        if ARGV[7] == '1' then
          redis.call('SET', KEYS[5], '1', 'PX', ARGV[8])
        elseif ARGV[4] == '0' and tonumber(ARGV[2]) < most and redis.call('EXISTS', KEYS[5]) == 1 then
          most = tonumber(ARGV[2])
          local next = tonumber(redis.call('GET', KEYS[6]) or 0) + math.floor(ARGV[1] / most)
          if next > now then
            redis.call('SET', KEYS[4], '1', 'PX', ARGV[1])
            return {next - now, sent}
          end
        end
        if ARGV[4] == '0' and redis.call('EXISTS', KEYS[3]) == 1 then
          redis.call('SET', KEYS[4], '1', 'PX', ARGV[1])
          return {25, sent}
        end
        if ARGV[4] == '0' and sent >= tonumber(ARGV[5]) then
          local others = 0
          for _, entry in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
            if string.sub(entry, 1, 1) == 'o' then others = others + 1 end
          end
          if others < sent and others >= tonumber(ARGV[5]) then return {25, sent} end
        end
        if sent < most then
          redis.call('ZADD', KEYS[1], now + math.floor(ARGV[1] / 10), ARGV[3])
          redis.call('PEXPIRE', KEYS[1], ARGV[1] * 2)
          if ARGV[4] == '1' then redis.call('DEL', KEYS[3]) else redis.call('SET', KEYS[6], now, 'PX', ARGV[1]) end
          return {0, sent + 1}
        end
        local first = sent - most
        local oldest = redis.call('ZRANGE', KEYS[1], first, first, 'WITHSCORES')
        local wait = math.max(1, oldest[2] + ARGV[1] - now)
        if ARGV[4] == '1' then
          redis.call('SET', KEYS[3], '1', 'PX', wait + 200)
        else
          redis.call('SET', KEYS[4], '1', 'PX', ARGV[1])
        end
        return {wait, sent}
        """;

    /// <summary>
    /// The request is answered: HubSpot counted it at some time until now, and its place is counted from now on. Not
    /// where the log has forgotten it.
    /// </summary>
    public const string Answer =
        """
        local time = redis.call('TIME')
        redis.call('ZADD', KEYS[1], 'XX', time[1] * 1000 + math.floor(time[2] / 1000), ARGV[1])
        redis.call('PEXPIRE', KEYS[1], ARGV[2] * 2)
        """;

    /// <summary>
    /// HubSpot has counted more than we have: somebody else uses the same window. What is missing is noted as sent now.
    /// </summary>
    public const string Correct =
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
        local missing = tonumber(ARGV[2]) - redis.call('ZCARD', KEYS[1])
        for i = 1, missing do redis.call('ZADD', KEYS[1], now, ARGV[3] .. i) end
        redis.call('PEXPIRE', KEYS[1], ARGV[1] * 2)
        return missing
        """;

    /// <summary>
    /// Answers in which time somebody urgent may begin; 0: at once, and whoever asks next has to keep the distance. The
    /// others keep what they use, or will at the pace of the last fifth of the window; of the rest a part is left to
    /// them, and what remains is spread over the window. Where a burst of theirs has taken nearly all, the few free
    /// places have to last until the first of it is forgotten.
    /// </summary>
    public const string Gather =
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
        local log = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
        local function sent(at)
          at = tonumber(at)
          return at > now and at - math.floor(ARGV[1] / 10) or at
        end
        local others, lately, last = 0, 0, tonumber(redis.call('GET', KEYS[2]) or 0)
        for i = 1, #log, 2 do
          if string.sub(log[i], 1, 1) == 'o' then
            others = others + 1
            if tonumber(log[i + 1]) > now - ARGV[1] / 5 then lately = lately + 1 end
          else
            last = math.max(last, sent(log[i + 1]))
          end
        end
        others = math.max(others, lately * 5)
        local kept = tonumber(ARGV[3])
        if others <= kept and redis.call('EXISTS', KEYS[3]) == 0 then return 0 end
        local ours = math.max(kept, ARGV[2] - kept - others)
        local free = math.max(0, ARGV[2] - #log / 2)
        local pause = math.max(ARGV[1] * ARGV[4] / ours, (sent(log[2] or now) + ARGV[1] - now) / (free + 1))
        local wait = math.max(0, math.floor(last + pause - now))
        if wait == 0 then redis.call('SET', KEYS[2], now, 'PX', ARGV[1]) end
        return wait
        """;

    public static string Entry(bool isUrgent) => $"{(isUrgent ? 'u' : 'o')}{Guid.NewGuid():N}";
}
