package dev.portcullis.spring.boot;

import dev.portcullis.config.ConfigurationException;
import dev.portcullis.config.Problem;
import java.io.Serial;
import java.util.List;
import org.springframework.web.method.HandlerMethod;

/** Says that an annotation protects nothing where it stands. The application does not start. */
final class CannotTakeEffect extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final String place;
    private final String message;
    private final String help;

    CannotTakeEffect(HandlerMethod handler, String message, String help) {
        this(handler.getShortLogMessage(), message, help);
    }

    CannotTakeEffect(String place, String message, String help) {
        super(place + ": " + message);
        this.place = place;
        this.message = message;
        this.help = help;
    }

    String help() {
        return help;
    }

    /** The same for a gate that runs, which goes on with what it has. */
    ConfigurationException refusal() {
        return new ConfigurationException(List.of(new Problem(place, "", message, help)));
    }
}
