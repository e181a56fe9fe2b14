-- The entries of a space that were made since a turn, in the order they were made in: key, value, end and turn of each.
-- keys: the turns and the ends of entries by key, their values by key
-- arguments: the turn, how many at most
local found = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
local told = {}
for i = 1, #found, 2 do
  told[#told + 1] = found[i]
  told[#told + 1] = redis.call('HGET', KEYS[3], found[i])
  told[#told + 1] = redis.call('ZSCORE', KEYS[2], found[i])
  told[#told + 1] = found[i + 1]
end
return told
