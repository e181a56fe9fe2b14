-- Makes an entry of a space unless one of its key is live: 1 made, 0 there already, -1 full.
-- keys: the turns and the ends of entries by key, their values by key, the last turn
-- arguments: key, value, end, now (of whoever asks), grace, most entries; times in milliseconds of the epoch
local key, value = ARGV[1], ARGV[2]
local till, now, grace, most = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local time = redis.call('TIME')
local here = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

-- Only what is over by both clocks is removed: nobody's clock that runs ahead removes what others need.
local gone = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', string.format('%.0f', math.min(now, here) - grace), 'LIMIT', 0, 16)
if #gone > 0 then
  redis.call('ZREM', KEYS[1], unpack(gone))
  redis.call('ZREM', KEYS[2], unpack(gone))
  redis.call('HDEL', KEYS[3], unpack(gone))
end

local known = redis.call('ZSCORE', KEYS[2], key)
if known and tonumber(known) > now then return 0 end
if till <= now then return 1 end
if not known and redis.call('ZCARD', KEYS[2]) >= most then return -1 end

-- Turns only grow, even after everything was lost: they go by Redis's clock.
local turn = tonumber(time[1]) * 1000000 + tonumber(time[2])
local last = tonumber(redis.call('GET', KEYS[4]) or '0')
if turn <= last then turn = last + 1 end
turn = string.format('%.0f', turn)
redis.call('SET', KEYS[4], turn, 'KEEPTTL')
redis.call('ZADD', KEYS[1], turn, key)
redis.call('ZADD', KEYS[2], ARGV[3], key)
redis.call('HSET', KEYS[3], key, value)

local stay = till - now + grace
for i = 1, 4 do
  if redis.call('PTTL', KEYS[i]) < stay then redis.call('PEXPIRE', KEYS[i], string.format('%.0f', stay)) end
end
return 1
