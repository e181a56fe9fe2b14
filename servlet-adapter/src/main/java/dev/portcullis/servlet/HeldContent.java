package dev.portcullis.servlet;

import dev.portcullis.Watch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/** What the application has written of a body that is held back, as bytes or as characters. Belongs to one response. */
final class HeldContent {

    private final Watch.Hold hold;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StringBuilder characters = new StringBuilder();
    private long length;
    private boolean flushed;

    HeldContent(Watch.Hold hold) {
        this.hold = hold;
    }

    Watch.Hold hold() {
        return hold;
    }

    /** Notes that the application wanted all of it to be on its way; where there is none yet, what comes may still be all. */
    void flush() {
        flushed = length > 0;
    }

    boolean isEmpty() {
        return length == 0;
    }

    boolean flushed() {
        return flushed;
    }

    /** Takes bytes; false when they are too many. */
    boolean take(byte[] content, int from, int count) {
        length += count;
        if (length > hold.bound()) {
            return false;
        }
        bytes.write(content, from, count);
        return true;
    }

    /** Takes characters; false when they are too many. */
    boolean take(CharSequence content) {
        length += SentBytes.lengthOf(content);
        if (length > hold.bound()) {
            return false;
        }
        characters.append(content);
        return true;
    }

    /** All of it, for the rules to judge. */
    Body body(Watch.Head head, @Nullable String encoding) {
        var charset = charset(encoding);
        var whole = characters.isEmpty()
                ? bytes.toByteArray()
                : characters.toString().getBytes(charset);
        return new Body(head, charset, whole);
    }

    /** As it is, without judgement. */
    void passOn(JudgedResponse response) throws IOException {
        if (!characters.isEmpty()) {
            response.onward(characters);
        } else if (bytes.size() > 0) {
            response.onward(bytes.toByteArray());
        }
    }

    private static Charset charset(@Nullable String name) {
        try {
            return name == null ? StandardCharsets.ISO_8859_1 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.ISO_8859_1;
        }
    }

    /** The body that rules judge. */
    final class Body implements Watch.Held {

        private final Watch.Head head;
        private final Charset charset;
        private byte[] whole;
        private boolean replaced;

        private Body(Watch.Head head, Charset charset, byte[] whole) {
            this.head = head;
            this.charset = charset;
            this.whole = whole;
        }

        @Override
        public Watch.Head head() {
            return head;
        }

        @Override
        public byte[] bytes() {
            return whole;
        }

        @Override
        public void replace(byte[] body) {
            whole = body.clone();
            replaced = true;
        }

        /** Sends it as the rules have left it. */
        void send(JudgedResponse response) throws IOException {
            if (!replaced) {
                passOn(response);
            } else if (characters.isEmpty()) {
                response.onward(whole);
            } else {
                response.onward(new String(whole, charset));
            }
        }

        boolean replaced() {
            return replaced;
        }
    }
}
