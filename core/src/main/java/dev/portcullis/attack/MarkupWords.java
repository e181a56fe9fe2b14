package dev.portcullis.attack;

import dev.portcullis.attack.Words.Line;
import java.util.List;

/** The words of HTML and of scripts that matter to an attack. A table of data. */
final class MarkupWords {

    /** Elements that execute or embed something by being there. */
    static final Words<Suspicion> ELEMENTS = Words.of(List.of(
            new Line<>(
                    Suspicion.STRONG,
                    "script iframe frame frameset object embed applet layer ilayer bgsound isindex xss noscript"
                            + " portal fencedframe import handler listener xml xml-stylesheet stylesheet"),
            new Line<>(
                    Suspicion.FAINT,
                    "svg math style link meta base form input button select textarea video audio source marquee details"
                            + " template slot body html head title img image")));

    /** Attributes that execute or embed something in whichever element. */
    static final Words<Boolean> ATTRIBUTES =
            Words.set("srcdoc formaction attributename datasrc dataformatas fscommand seeksegmenttime"
                    + " xlink:href ev:event ev:handler xml:base");

    /** Attributes that do so in elements that load: {@code link}, {@code base}, {@code meta}. */
    static final Words<Boolean> LOADS = Words.set("href http-equiv rel");

    static final Words<Boolean> LOADERS = Words.set("link base meta");

    /** Words that begin like an event's name. */
    static final Words<Boolean> NO_EVENTS = Words.set(
            "one ones once only online onto ongoing onward onwards onset onions onion onboard onboarding onsite");

    /** Elements that work as processing instructions, too. */
    static final Words<Boolean> INSTRUCTIONS = Words.set("import xml-stylesheet");

    /** What makes a style load or execute something. */
    static final Words<Boolean> STYLES = Words.set("import expression url binding behavior behaviour javascript");

    /** Functions that attacks try first. */
    static final Words<Boolean> PROBES =
            Words.set("alert confirm prompt eval settimeout setinterval execscript msgbox" + " fromcharcode");

    /** Objects of a page whose members attacks are after. */
    static final Words<Boolean> OBJECTS =
            Words.set("document window location top self parent frames navigator localstorage sessionstorage");

    /** Such members. */
    static final Words<Boolean> MEMBERS =
            Words.set("cookie domain write writeln location href alert eval implementation hash");

    private MarkupWords() {}
}
