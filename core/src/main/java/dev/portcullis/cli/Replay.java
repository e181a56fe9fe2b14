package dev.portcullis.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Judges traffic line by line, in constant memory. A line that is no request makes an error and stops nothing. For one thread. */
final class Replay {

    private static final long TELL_EVERY = 100_000;

    private final Session session;
    private final PrintWriter progress;
    private long judged;
    private long stopped;
    private long malformed;

    Replay(Session session, PrintWriter progress) {
        this.session = session;
        this.progress = progress;
    }

    /** Writes a result for every line that is not blank. */
    void run(Lines lines, Writer out) throws IOException {
        for (var line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                judge(lines, line, out);
            }
            if (lines.number() % TELL_EVERY == 0) {
                progress.println(lines.number() + " lines");
                progress.flush();
            }
        }
    }

    private void judge(Lines lines, String line, Writer out) throws IOException {
        try {
            if (lines.tooLong()) {
                throw new TrafficLine.Malformed("", "more than " + Lines.MAX_LENGTH + " bytes");
            }
            var result = session.judge(TrafficLine.parse(line));
            judged++;
            stopped += result.stopped() ? 1 : 0;
            result.write(out);
        } catch (TrafficLine.Malformed e) {
            malformed++;
            Result.writeError(out, e.id(), lines.number(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            malformed++;
            Result.writeError(
                    out,
                    "",
                    lines.number(),
                    "could not be judged: " + e.getClass().getSimpleName());
        }
    }

    boolean isClean() {
        return malformed == 0;
    }

    /** One line for the operator. */
    String summary() {
        return judged + " requests: " + stopped + " stopped, " + (judged - stopped) + " proceed; " + malformed
                + " lines malformed";
    }
}
