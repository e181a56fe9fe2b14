package dev.portcullis.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The rows of {@code docs/attacks.md} that say how much of a collection is denied; one collection is written anew at a time. */
final class FiguresPage {

    private static final Path PAGE = Path.of("../docs/attacks.md");
    private static final String HEAD = "|---|---|---|---|---|---|---|---|---|---|";

    private FiguresPage() {}

    static void write(String set, List<String> rows) {
        try {
            var lines = Files.readAllLines(PAGE);
            var own = "| " + set + " |";
            var kept = lines.stream().filter(line -> !line.startsWith(own)).collect(Collectors.toList());
            var first = kept.indexOf(HEAD) + 1;
            kept.addAll(first, rows);
            var end = first;
            while (end < kept.size() && kept.get(end).startsWith("|")) {
                end++;
            }
            kept.subList(first, end).sort(null);
            Files.write(PAGE, kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
