package dev.portcullis.config;

import dev.portcullis.Request.Dispatch;
import dev.portcullis.Rule;
import dev.portcullis.Rule.Mode;
import dev.portcullis.http.AllowedHosts;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles under which names the service may be asked. */
final class HostCompiler {

    private static final String NAME = "hosts";
    private static final String HELP = "name hosts such as `shop.example.com`";

    private HostCompiler() {}

    /** The rule; none when nothing is written. */
    static Stream<Rule> compile(At at, Mode outer, @Nullable HostSettings written) {
        if (written == null) {
            return Stream.of();
        }
        var mode = at.child("mode").read(written.mode(), Kind.MODE, outer);
        if (written.allow() == null || written.allow().isEmpty()) {
            at.child("allow").problem("no hosts", HELP);
            return Stream.of();
        }
        var exempt = HttpsCompiler.exempt(at.child("exempt"), written.exempt());
        var names = at.child("allow").each(written.allow(), HELP, text -> {
            var unused = new AllowedHosts(List.of(text), path -> false);
            return text;
        });
        var check = new AllowedHosts(names, path -> HttpsCompiler.covers(exempt, path));
        return Stream.of(Rule.enforce(NAME, check).in(mode).alsoOn(Dispatch.ERROR));
    }
}
