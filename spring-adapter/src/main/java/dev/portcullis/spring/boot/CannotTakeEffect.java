package dev.portcullis.spring.boot;

import java.io.Serial;
import org.springframework.web.method.HandlerMethod;

/** Says that an annotation protects nothing where it stands. The application does not start. */
final class CannotTakeEffect extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final String help;

    CannotTakeEffect(HandlerMethod handler, String message, String help) {
        this(handler.getShortLogMessage(), message, help);
    }

    CannotTakeEffect(String place, String message, String help) {
        super(place + ": " + message);
        this.help = help;
    }

    String help() {
        return help;
    }
}
