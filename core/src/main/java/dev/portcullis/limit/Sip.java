package dev.portcullis.limit;

/**
 * SipHash-1-3 with 128 bits over whole words: who does not know the key cannot choose texts whose hashes collide. Not thread-safe.
 *
 * <p>With one round for each word and three at the end it is what hash tables of Rust, Python and Ruby use; nobody sees its results. It makes no
 * garbage, unlike a message digest, and takes a fraction of its time for the short texts that callers are known by. To who knows the key it is
 * no hash at all.
 */
final class Sip implements KeyHash {

    private static final int CHARS = 4;

    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long words;

    Sip(long key0, long key1) {
        v0 = key0 ^ 0x736f6d6570736575L;
        v1 = key1 ^ 0x646f72616e646f6dL ^ 0xee;
        v2 = key0 ^ 0x6c7967656e657261L;
        v3 = key1 ^ 0x7465646279746573L;
    }

    @Override
    public void add(long word) {
        words++;
        compress(word);
    }

    private void compress(long word) {
        v3 ^= word;
        round();
        v0 ^= word;
    }

    @Override
    public void add(int sort, String text) {
        add((long) sort << Integer.SIZE | text.length());
        addCharacters(text);
    }

    @Override
    public void add(int sort, String one, String other) {
        add((long) (sort << Character.SIZE | one.length()) << Integer.SIZE | other.length());
        addCharacters(one);
        addCharacters(other);
    }

    private void addCharacters(String text) {
        var length = text.length();
        var whole = length - length % CHARS;
        for (var i = 0; i < whole; i += CHARS) {
            add((long) text.charAt(i) << 48
                    | (long) text.charAt(i + 1) << 32
                    | (long) text.charAt(i + 2) << 16
                    | text.charAt(i + 3));
        }
        if (whole < length) {
            var word = 0L;
            for (var i = whole; i < length; i++) {
                word = word << Character.SIZE | text.charAt(i);
            }
            add(word);
        }
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }

    private void rounds() {
        round();
        round();
        round();
    }

    @Override
    public MeterKey key(int rule) {
        compress(words * Long.BYTES << 56);
        v2 ^= 0xee;
        rounds();
        var high = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        rounds();
        return new MeterKey(rule, high, v0 ^ v1 ^ v2 ^ v3);
    }
}
