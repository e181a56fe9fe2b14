package dev.portcullis.form;

import static java.util.Objects.requireNonNull;

import dev.portcullis.Body.Part;
import dev.portcullis.Body.Parts;
import dev.portcullis.Check;
import dev.portcullis.Reply;
import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import dev.portcullis.http.MediaType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lets through only multipart forms whose files are what was agreed: how many and how large, under which names, of which endings and
 * media types, and with bytes that say the same. Immutable.
 *
 * <p>The container takes the body apart; of a file, the beginning and the end are read where the container keeps it. Requests with
 * other bodies pass. The denials are 400 {@code upload-denied} and {@code malformed-body}, 413 {@code body-too-large}, 415 {@code
 * unsupported-media-type}.
 */
@TrustedBase
public final class Uploads implements Check {

    private static final String MULTIPART = "multipart";
    private static final Reply TYPE = Reply.problem(415, "unsupported-media-type");

    private final long maxSize;
    private final int maxFiles;
    private final FileTerms terms;
    private final Set<String> fields;

    private Uploads(Builder builder) {
        this.maxSize = builder.maxSize;
        this.maxFiles = builder.maxFiles;
        this.fields = builder.fields;
        this.terms = new FileTerms(
                builder.maxFileSize,
                builder.extensions,
                builder.mediaTypes,
                builder.verifyingContent,
                builder.denyingDoubleExtensions);
    }

    /** A builder for at most ten files of 10 MiB each, all together at most 10 MiB. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Verdict check(Request request) {
        var stated = request.header("Content-Type");
        if (stated == null || request.body().isEmpty()) {
            return Verdict.pass();
        }
        var type = MediaType.parseOrNull(stated);
        if (type == null) {
            return Verdict.deny(TYPE, Evidence.of("content-type", stated));
        }
        if (!type.type().equals(MULTIPART)) {
            return Verdict.pass();
        }
        var parts = request.body().parts(maxSize);
        return parts instanceof Parts.Whole whole ? judge(whole.all()) : ((Parts.Denied) parts).deny();
    }

    private Verdict judge(List<Part> parts) {
        var files = 0;
        for (var i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            files += part.isFile() ? 1 : 0;
            if (files > maxFiles) {
                return FileDenial.TOO_MANY.of(i, part);
            }
            var denial = part.isFile() ? denial(part) : null;
            if (denial != null) {
                return denial.of(i, part);
            }
        }
        return Verdict.pass();
    }

    private @org.jspecify.annotations.Nullable FileDenial denial(Part file) {
        if (!fields.isEmpty() && !fields.contains(file.name())) {
            return FileDenial.FIELD;
        }
        try {
            return terms.denial(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings of the check. Not thread-safe. */
    public static final class Builder {

        private static final long MEBI = 1L << 20;

        private long maxSize = 10 * MEBI;
        private long maxFileSize = 10 * MEBI;
        private int maxFiles = 10;
        private Set<String> fields = Set.of();
        private Set<String> extensions = Set.of();
        private List<String> mediaTypes = List.of();
        private boolean verifyingContent = true;
        private boolean denyingDoubleExtensions = true;

        private Builder() {}

        /** How many bytes the whole body may have. */
        public Builder maxSize(long bytes) {
            maxSize = atLeastOne("max-size", bytes);
            return this;
        }

        /** How many bytes one file may have. */
        public Builder maxFileSize(long bytes) {
            maxFileSize = atLeastOne("max-file-size", bytes);
            return this;
        }

        /** How many files there may be. */
        public Builder maxFiles(int count) {
            maxFiles = (int) atLeastOne("max-files", count);
            return this;
        }

        private static long atLeastOne(String what, long amount) {
            if (amount < 1) {
                throw new IllegalArgumentException(what + ": " + amount + " (expected: >= 1)");
            }
            return amount;
        }

        /** The names of the fields that may hold files; none: all. */
        public Builder fields(List<String> names) {
            fields = Set.copyOf(requireNonNull(names, "names"));
            return this;
        }

        /**
         * The endings that file names may have, without the dot; none: all but those of files that something runs.
         *
         * @throws IllegalArgumentException when one is no ending
         */
        public Builder extensions(List<String> endings) {
            endings.forEach(ending -> {
                if (!ending.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c)) || ending.isEmpty()) {
                    throw new IllegalArgumentException(
                            "extension: `" + ending + "` (expected: letters and digits without a dot, such as `pdf`)");
                }
            });
            extensions = endings.stream()
                    .map(ending -> ending.toLowerCase(Locale.ROOT))
                    .collect(java.util.stream.Collectors.toUnmodifiableSet());
            return this;
        }

        /**
         * The media types that files may be declared as, such as {@code image/png} or {@code image/*}; none: all.
         *
         * @throws IllegalArgumentException when one is no media type
         */
        public Builder mediaTypes(List<String> types) {
            types.forEach(FileTerms::demandRange);
            mediaTypes =
                    types.stream().map(type -> type.toLowerCase(Locale.ROOT)).toList();
            return this;
        }

        /** Does not hold the bytes against what is declared. */
        public Builder ignoringContent() {
            verifyingContent = false;
            return this;
        }

        /** Lets a file pass whose name has an ending that something runs before the last one. */
        public Builder allowingDoubleExtensions() {
            denyingDoubleExtensions = false;
            return this;
        }

        /** The check. */
        public Uploads build() {
            return new Uploads(this);
        }
    }
}
