package dev.portcullis;

import dev.portcullis.Watch.Head;
import dev.portcullis.Watch.Unjudged;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The head of a response as a rule sees it: what it tells is told in its name, and what an observed one changes is nowhere.
 *
 * @param head the head
 * @param course whose response it is
 * @param rule who sees it
 */
record SeenHead(Head head, Course course, Rule rule) implements Head {

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public boolean ofApplication() {
        return head.ofApplication();
    }

    @Override
    public List<String> headers(String name) {
        return head.headers(name);
    }

    @Override
    public boolean has(String name) {
        return head.has(name);
    }

    @Override
    public Collection<String> names() {
        return head.names();
    }

    @Override
    public void set(String name, String value) {
        if (rule.enforced()) {
            head.set(name, value);
        }
    }

    @Override
    public void add(String name, String value) {
        if (rule.enforced()) {
            head.add(name, value);
        }
    }

    @Override
    public void remove(String name) {
        if (rule.enforced()) {
            head.remove(name);
        }
    }

    @Override
    public String nonce() {
        return head.nonce();
    }

    @Override
    public @Nullable Unjudged obstacle() {
        return head.obstacle();
    }

    @Override
    public void notice(Verdict.Evidence evidence) {
        course.snapshot().listener().noticed(course.view(rule), rule.name(), evidence);
    }
}
