package dev.portcullis.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads recorded traffic line by line, without the lines of one kind; a line that is no request is counted. For one thread. */
final class Labelled {

    private static final long TELL_EVERY = 100_000;
    private static final int MOST_TOLD = 5;
    private static final JsonFactory JSON = new JsonFactory();

    private final PrintWriter progress;
    private long leftOut;
    private long malformed;
    private long unjudged;

    Labelled(PrintWriter progress) {
        this.progress = progress;
    }

    /** Hands over every request of a file whose line does not have this kind. */
    void each(Path file, String not, Consumer<TrafficLine> reader) throws IOException {
        try (var lines = Lines.of(file)) {
            for (var line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    read(line, new Where(file, lines), not, reader);
                }
                if (lines.number() % TELL_EVERY == 0) {
                    progress.println(lines.number() + " lines");
                    progress.flush();
                }
            }
        }
    }

    /** Where a line is. */
    private record Where(Path file, Lines lines) {

        @Override
        public String toString() {
            return file + ":" + lines.number();
        }
    }

    private void read(String line, Where where, String not, Consumer<TrafficLine> reader) {
        try {
            if (where.lines.tooLong()) {
                malformed(where, "longer than " + (Lines.MAX_LENGTH >> 20) + " MiB");
            } else if (!AccessLogLine.isOne(line) && not.equals(kind(line))) {
                leftOut++;
            } else {
                reader.accept(TrafficLine.parse(line));
            }
        } catch (TrafficLine.Malformed e) {
            malformed(where, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            malformed(where, "no JSON");
        } catch (RuntimeException e) {
            unjudged++;
        }
    }

    /** The first few are told, so that somebody can look at them. */
    private void malformed(Where where, String why) {
        malformed++;
        if (malformed <= MOST_TOLD) {
            progress.println(where + ": " + Report.plain(why));
        }
    }

    /** The kind that the line says to be of; empty when it says none. */
    private static String kind(String line) throws IOException {
        try (var json = JSON.createParser(line)) {
            json.nextToken();
            for (var token = json.nextToken(); token == JsonToken.FIELD_NAME; token = json.nextToken()) {
                var found = json.currentName().equals("kind");
                json.nextToken();
                if (found) {
                    return json.getValueAsString("");
                }
                json.skipChildren();
            }
            return "";
        }
    }

    boolean isClean() {
        return malformed == 0 && unjudged == 0;
    }

    /** Tells whether there were lines of the other kind. */
    boolean hasLeftOut() {
        return leftOut > 0;
    }

    /** What became of lines that were not looked at. */
    List<String> summary() {
        return Stream.of(
                        leftOut == 0 ? "" : leftOut + " lines of the other kind were left out",
                        malformed == 0 ? "" : malformed + " lines malformed",
                        unjudged == 0 ? "" : unjudged + " lines could not be judged")
                .filter(text -> !text.isEmpty())
                .toList();
    }
}
