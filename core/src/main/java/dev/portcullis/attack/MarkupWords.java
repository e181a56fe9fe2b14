package dev.portcullis.attack;

import dev.portcullis.attack.Words.Line;
import java.util.List;

/** The words of HTML and of scripts that matter to an attack. A table of data. */
final class MarkupWords {

    /** Elements that execute or embed something by being there, or ({@code NONE}) by their attributes. */
    static final Words<Suspicion> ELEMENTS = Words.of(List.of(
            new Line<>(Suspicion.STRONG, "script iframe frameset xss noscript plaintext"),
            new Line<>(
                    Suspicion.NONE,
                    "object embed applet layer ilayer bgsound isindex portal fencedframe frame import handler listener xml"
                            + " xml-stylesheet"),
            new Line<>(
                    Suspicion.FAINT,
                    "svg math style link meta base form input button select textarea video audio source marquee details"
                            + " template slot body html head title img image stylesheet")));

    /** Elements among them that embed what some of their attributes say. */
    static final Words<Boolean> EMBEDDING = Words.set("object embed applet frame");

    /** Such attributes. */
    static final Words<Boolean> SOURCES =
            Words.set("src srcdoc data classid code codebase archive href value type name id allowscriptaccess");

    /** Attributes that execute or embed something in whichever element. */
    static final Words<Boolean> ATTRIBUTES =
            Words.set("srcdoc formaction attributename datasrc dataformatas fscommand seeksegmenttime"
                    + " xlink:href ev:event ev:handler");

    /** Attributes that do so in elements that load, with some values; {@code href} alone does in {@code base}. */
    static final Words<Boolean> LOADS = Words.set("http-equiv rel");

    static final Words<Boolean> LOADERS = Words.set("link base meta");

    /** Such values. */
    static final Words<Boolean> LOADED = Words.set(
            "stylesheet import preload prefetch prerender dns-prefetch modulepreload"
                    + " preconnect script manifest serviceworker refresh set-cookie link content-security-policy x-dns-prefetch-control");

    /** Values among them that pages are full of. */
    static final Words<Boolean> SHEETS = Words.set("stylesheet preload prefetch manifest modulepreload");

    /** Values among them by which nothing is loaded yet. */
    static final Words<Boolean> CONNECTIONS = Words.set("preconnect dns-prefetch");

    /** Words that begin like an event's name. */
    static final Words<Boolean> NO_EVENTS = Words.set(
            "one ones once only online onto ongoing onward onwards onset onions onion onboard onboarding onsite");

    /** Elements that work as processing instructions, too. */
    static final Words<Boolean> INSTRUCTIONS = Words.set("import xml-stylesheet");

    /** What makes a style load or execute something. */
    static final Words<Boolean> STYLES = Words.set("import expression url binding behavior behaviour javascript");

    /** Functions that attacks try first. */
    static final Words<Boolean> PROBES =
            Words.set("alert confirm prompt eval settimeout setinterval execscript msgbox fromcharcode");

    /** Objects of a page whose members attacks are after. */
    static final Words<Boolean> OBJECTS = Words.set(
            "document window location top self parent frames navigator localstorage sessionstorage globalthis content");

    /** Such members. */
    static final Words<Boolean> MEMBERS =
            Words.set("cookie domain write writeln location href alert confirm prompt eval implementation hash");

    /** Functions that a value calls only where it leaves a string of a script. */
    static final Words<Boolean> LEAVING =
            Words.set("print fetch open import importscripts xmlhttprequest image websocket" + " eventsource worker");

    /** Encodings that read markup in what is none in others, or the other way round. */
    static final Phrases CHARSETS =
            Phrases.of("utf-7", "utf-16", "utf-32", "iso-2022", "hz-gb", "x-", "cp037", "ibm037", "ucs");

    /** What is said of elements in a sentence. */
    static final Words<Boolean> NOUNS = Words.set("tag tags element elements block blocks section and or as in with");

    private MarkupWords() {}
}
