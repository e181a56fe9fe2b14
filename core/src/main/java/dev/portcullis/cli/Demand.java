package dev.portcullis.cli;

import java.util.LinkedHashSet;
import java.util.Set;

/** Who asks for something, and how often. What is remembered is bounded. */
final class Demand {

    /** How many clients are told apart. */
    static final int MOST_CLIENTS = 100;

    private static final int MOST_IDS = 5;
    private static final int LONGEST_ID = 40;

    private final Set<String> clients = new LinkedHashSet<>();
    private final Set<String> ids = new LinkedHashSet<>();
    private long requests;

    void note(String client, String id) {
        requests++;
        if (clients.size() < MOST_CLIENTS) {
            clients.add(client);
        }
        if (ids.size() < MOST_IDS) {
            var plain = Report.plain(id);
            ids.add(plain.length() <= LONGEST_ID ? plain : plain.substring(0, LONGEST_ID));
        }
    }

    /** Takes over what others ask. */
    void add(Demand other) {
        requests += other.requests;
        other.clients.stream().limit(MOST_CLIENTS - clients.size()).forEach(clients::add);
        other.ids.stream().limit(MOST_IDS - ids.size()).forEach(ids::add);
    }

    long requests() {
        return requests;
    }

    int clients() {
        return clients.size();
    }

    /** So many requests of so many clients, the first of them by their ids. */
    @Override
    public String toString() {
        var more = clients.size() >= MOST_CLIENTS ? "at least " : "";
        return requests
                + (requests == 1 ? " request of " : " requests of ")
                + more
                + clients.size()
                + (clients.size() == 1 ? " client: " : " clients: ")
                + String.join(", ", ids)
                + (requests > ids.size() ? ", ..." : "");
    }
}
