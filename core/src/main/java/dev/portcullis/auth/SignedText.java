package dev.portcullis.auth;

import dev.portcullis.Request;
import dev.portcullis.TrustedBase;
import dev.portcullis.http.Structured;
import dev.portcullis.http.Structured.Inner;
import dev.portcullis.http.Structured.Item;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text that a signature of a request signs (RFC 9421, section 2.5). Stateless. */
@TrustedBase
final class SignedText {

    private SignedText() {}

    /** The text; null when a component is not there, cannot be read in one way alone, or belongs to responses only. */
    static @Nullable String of(Request request, Inner covered) {
        var base = new StringBuilder();
        for (var component : covered.items()) {
            var value = value(request, component);
            if (value == null || !isLine(value)) {
                return null;
            }
            base.append(Structured.print(component)).append(": ").append(value).append('\n');
        }
        return base.append("\"@signature-params\": ")
                .append(Structured.print(covered))
                .toString();
    }

    static byte[] bytes(String base) {
        return base.getBytes(StandardCharsets.US_ASCII);
    }

    /** Only ASCII is signed: what a container decoded from other bytes might be decoded otherwise by another. */
    private static boolean isLine(String value) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String value(Request request, Item component) {
        var name = (String) component.value();
        return name.startsWith("@")
                ? DerivedComponent.value(request, name, component.parameters())
                : FieldComponent.value(request, name, component.parameters());
    }
}
