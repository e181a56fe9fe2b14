package dev.portcullis.abuse;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The names by which tools that look for holes call themselves, where nobody has told them not to. Thread-safe.
 *
 * <p>Libraries that honest programs are written with, such as curl, okhttp or python-requests, are not among them. An agent chooses its
 * name freely: a match says much, and none says nothing.
 */
final class ScannerNames {

    static final List<String> ALL = List.of(
            "sqlmap",
            "nikto",
            "nuclei",
            "wpscan",
            "joomscan",
            "acunetix",
            "nessus",
            "netsparker",
            "openvas",
            "qualys",
            "dirbuster",
            "gobuster",
            "feroxbuster",
            "dirsearch",
            "fuzz faster u fool",
            "wfuzz",
            "masscan",
            "zgrab",
            "nmap scripting engine",
            "havij",
            "arachni",
            "w3af",
            "skipfish",
            "commix",
            "whatweb",
            "jaeles",
            "xsser",
            "httpx - open-source project",
            "l9explore",
            "zmeu");

    private static final int REMEMBERED = 256;

    private final NamedAgents names = NamedAgents.of(ALL);

    /** What was found of names that came lately, so that the usual ones are looked at once. */
    private final AtomicReferenceArray<@Nullable Found> lately = new AtomicReferenceArray<>(REMEMBERED);

    private record Found(String agent, boolean scanner) {}

    boolean match(String agent) {
        if (agent.length() > NamedAgents.MAX_NAME) {
            return names.match(agent);
        }
        var place = agent.hashCode() & REMEMBERED - 1;
        var found = lately.get(place);
        if (found == null || !found.agent.equals(agent)) {
            found = new Found(agent, names.match(agent));
            lately.set(place, found);
        }
        return found.scanner;
    }
}
