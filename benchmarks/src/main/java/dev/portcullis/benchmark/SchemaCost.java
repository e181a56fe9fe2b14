package dev.portcullis.benchmark;

/**
 * Measures in turn what it costs to hold a JSON body of 1 KB against its schema, here, by hand and elsewhere, in processor time of one
 * thread, and prints the ratios.
 *
 * <p>Run it with a collector that has no threads of its own, such as {@code -XX:+UseSerialGC}.
 */
public final class SchemaCost {

    private static final int ROUNDS = 31;
    private static final int WARM_UP = 10;
    private static final int TIMES = 10_000;

    private final Turns turns = new Turns(WARM_UP);

    private SchemaCost() {}

    /** Measures bodies that are as agreed, and one that is not. */
    public static void main(String[] arguments) throws Exception {
        new SchemaCost().print();
    }

    private void print() throws Exception {
        var orders = new SchemaBenchmark();
        orders.compare();
        for (var round = 0; round < ROUNDS; round++) {
            turns.measure(round, "Jackson", TIMES, orders::parsed);
            turns.measure(round, "the strict pass", TIMES, orders::read);
            turns.measure(round, "by hand", TIMES, orders::byHand);
            turns.measure(round, "the rule", TIMES, orders::body);
            turns.measure(round, "the rule, denying", TIMES, orders::wrongBody);
            turns.measure(round, "OpenAPI", TIMES, orders::openApi);
            turns.measure(round, "OpenAPI, denying", TIMES, orders::wrongOpenApi);
            turns.measure(round, "derived", TIMES, orders::derived);
            turns.measure(round, "Atlassian", TIMES / 10, orders::atlassian);
        }
        turns.ratio("1 KB of JSON", "the rule", "by hand");
        turns.ratio("1 KB of JSON", "the strict pass", "Jackson");
        turns.ratio("1 KB of JSON", "the rule, denying", "the rule");
        turns.ratio("a request with it", "Atlassian", "OpenAPI");
        turns.ratio("a request with it", "OpenAPI", "by hand");
        turns.ratio("a request with it", "OpenAPI, denying", "OpenAPI");
        turns.ratio("a request with it", "derived", "by hand");
        answers();
    }

    private void answers() throws Exception {
        var answers = new ResponseBenchmark();
        for (var round = 0; round < ROUNDS; round++) {
            turns.measure(round, "Jackson, parsing and writing", TIMES, answers::parsedAndWritten);
            turns.measure(round, "Jackson, writing", TIMES, answers::written);
            turns.measure(round, "masks", TIMES, answers::masked);
            turns.measure(round, "a schema", TIMES, answers::schema);
        }
        turns.ratio("an answer of 1 KB", "masks", "Jackson, parsing and writing");
        turns.ratio("an answer of 1 KB", "a schema", "Jackson, parsing and writing");
        turns.ratio("an answer of 1 KB", "Jackson, writing", "Jackson, parsing and writing");
    }
}
