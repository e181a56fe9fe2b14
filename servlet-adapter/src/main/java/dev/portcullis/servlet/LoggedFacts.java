package dev.portcullis.servlet;

import dev.portcullis.config.LoggedNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What the log says of an exchange while one turn of it runs on this thread. Closing it leaves the thread as it was. */
final class LoggedFacts implements AutoCloseable {

    private static final int MAX_TEXT = 256;

    private final LoggedNames names;
    private final @Nullable String requestId;
    private final @Nullable String client;
    private final @Nullable String tenant;

    private LoggedFacts(LoggedNames names) {
        this.names = names;
        this.requestId = present(names.requestId());
        this.client = present(names.client());
        this.tenant = present(names.tenant());
    }

    static LoggedFacts of(Exchange exchange, LoggedNames names) {
        var before = new LoggedFacts(names);
        var caller = exchange.caller();
        change(names.requestId(), before.requestId, exchange.view().id());
        change(names.client(), before.client, caller == null ? null : caller.client());
        change(names.tenant(), before.tenant, caller == null ? null : caller.tenant());
        return before;
    }

    private static @Nullable String present(String name) {
        return name.isEmpty() ? null : MDC.get(name);
    }

    /** Leaves alone what is absent and shall be. */
    private static void change(String name, @Nullable String present, @Nullable String value) {
        if (present != null || value != null) {
            put(name, value);
        }
    }

    private static void put(String name, @Nullable String value) {
        if (name.isEmpty()) {
            return;
        }
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, onOneLine(value));
        }
    }

    /** A caller's names are its issuer's choice; here they end no line. */
    private static String onOneLine(String value) {
        var text = value.length() <= MAX_TEXT ? value : value.substring(0, MAX_TEXT);
        for (var i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i)) || text.charAt(i) == '\u2028' || text.charAt(i) == '\u2029') {
                return text.replaceAll("[\\p{Cntrl}\u0080-\u009f\u2028\u2029]", "?");
            }
        }
        return text;
    }

    @Override
    public void close() {
        put(names.requestId(), requestId);
        put(names.client(), client);
        put(names.tenant(), tenant);
    }
}
