package dev.portcullis.form;

import dev.portcullis.Body.Part;
import dev.portcullis.Reply;
import dev.portcullis.Verdict;
import dev.portcullis.Verdict.Evidence;
import java.util.List;

/** Why a file is denied. */
enum FileDenial {
    TOO_MANY("max-files", Replies.DENIED),
    FIELD("field", Replies.DENIED),
    SIZE("max-file-size", Replies.LARGE),
    NAME("file-name", Replies.DENIED),
    EXTENSION("extension", Replies.DENIED),
    DOUBLE_EXTENSION("double-extension", Replies.DENIED),
    MEDIA_TYPE("media-type", Replies.TYPE),
    CONTENT("content", Replies.DENIED),
    TWO_CONTENTS("two-contents", Replies.DENIED),
    ACTIVE_CONTENT("active-content", Replies.DENIED);

    private final String keyword;
    private final Reply reply;

    FileDenial(String keyword, Reply reply) {
        this.keyword = keyword;
        this.reply = reply;
    }

    /** What clients see. */
    private static final class Replies {

        static final Reply DENIED = Reply.problem(400, "upload-denied");
        static final Reply LARGE = Reply.problem(413, "body-too-large");
        static final Reply TYPE = Reply.problem(415, "unsupported-media-type");

        private Replies() {}
    }

    /** The denial of the part at the index: the client learns the index and the reason, the operator the names too. */
    Verdict.Deny of(int index, Part part) {
        var errors = List.of(new Reply.Violation("/" + index, keyword));
        var detail = keyword + " of `" + part.name() + "`: `" + part.fileName() + "`, " + part.contentType();
        return Verdict.deny(reply.withErrors(errors), Evidence.of(reply.code(), detail));
    }
}
