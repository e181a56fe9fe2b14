package dev.portcullis.respond;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Check;
import dev.portcullis.Request;
import dev.portcullis.Verdict;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees to the header fields of every response, the gate's own replies included: those that tell browsers what they may do with it are
 * there, and those that tell of the software are not. It denies nothing. Immutable.
 */
public final class ResponseHeaders implements Check {

    private final Verdict verdict;

    private ResponseHeaders(HeadCare care) {
        this.verdict = Verdict.Pass.watching(care);
    }

    /** Starts with what suits a kind of endpoint. */
    public static Builder of(Preset preset) {
        return new Builder(preset);
    }

    @Override
    public Verdict check(Request request) {
        requireNonNull(request, "request");
        return verdict;
    }

    /** Collects what is said beside the preset. Not thread-safe; what was built does not change with it. */
    public static final class Builder {

        private final Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final Set<String> removed = new LinkedHashSet<>(Fields.BANNERS);
        private @Nullable String caching;
        private boolean replaces;
        private boolean withholds;

        private Builder(Preset preset) {
            fields.putAll(preset.fields());
            caching = preset.caching();
        }

        /**
         * Sets a field in every response; {@code {nonce}} in the value stands for the exchange's nonce.
         *
         * @throws IllegalArgumentException when the name or the value cannot be sent, or browsers would not understand the value
         */
        public Builder set(String name, String value) {
            FieldValue.check(name, value);
            fields.put(name, value);
            return this;
        }

        /** Leaves out a field of the preset. */
        public Builder without(String name) {
            fields.remove(requireNonNull(name, "name"));
            return this;
        }

        /**
         * Says who may show the responses in frames: {@code none}, {@code self}, or origins. It becomes part of the content security policy, and
         * {@code X-Frame-Options} says the same as far as it can.
         *
         * @throws IllegalArgumentException when that is no list of sources
         */
        public Builder frames(Collection<String> sources) {
            var frames = Frames.of(sources);
            fields.put(Fields.POLICY, frames.in(fields.get(Fields.POLICY)));
            if (frames.option() == null) {
                fields.remove(Fields.FRAMES);
            } else {
                fields.put(Fields.FRAMES, frames.option());
            }
            return this;
        }

        /**
         * Sets what caches are told of answers to a known caller where the application says nothing; null for nothing.
         *
         * @throws IllegalArgumentException when the value cannot be sent
         */
        public Builder caching(@Nullable String value) {
            if (value != null) {
                FieldValue.check(Fields.CACHING, value);
            }
            caching = value;
            return this;
        }

        /** Says whether these values go before what the application sets, instead of the other way round. */
        public Builder replacing(boolean before) {
            replaces = before;
            return this;
        }

        /**
         * Takes these fields out of responses, beside those that tell of the software.
         *
         * @throws IllegalArgumentException when one is no name of a field
         */
        public Builder removing(Collection<String> names) {
            names.forEach(name -> FieldValue.check(name, ""));
            removed.addAll(names);
            return this;
        }

        /** Says whether what the application says of its own failures (500 and above) is kept from clients: 500 {@code server-error}. */
        public Builder withholdingErrors(boolean withheld) {
            withholds = withheld;
            return this;
        }

        /** Builds the check. */
        public ResponseHeaders build() {
            return new ResponseHeaders(new HeadCare(fields, removed, new HeadCare.Terms(replaces, withholds, caching)));
        }
    }
}
