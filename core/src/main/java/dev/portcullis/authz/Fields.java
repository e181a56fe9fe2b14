package dev.portcullis.authz;

import dev.portcullis.Request;
import dev.portcullis.authz.Syntax.Member;
import dev.portcullis.http.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Headers and parameters by name, each of which a client can send more than once. */
final class Fields {

    private Fields() {}

    /** The field that is named. */
    static Expression of(String path, Member member, String source) {
        var name = member.name();
        if (path.equals(Attribute.PARAMETERS)) {
            return Expression.of(Type.TEXT, source, (request, body) -> parameter(request, name, source));
        }
        var token = !name.isEmpty() && name.chars().allMatch(Fields::isTokenPart);
        if (!token) {
            throw Mistake.at(member.start(), "`" + name + "` (expected: the name of a header)");
        }
        return Expression.of(Type.TEXT, source, (request, body) -> header(request, name, source));
    }

    /** RFC 9110, section 5.6.2. */
    private static boolean isTokenPart(int c) {
        return c > ' ' && c <= '~' && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }

    private static @Nullable Object header(Request request, String name, String source) {
        return only(request.headers(name), source);
    }

    private static @Nullable Object parameter(Request request, String name, String source) {
        var query = Parameters.query(request.query());
        if (query.trouble() != null) {
            throw new Undecided(source, "stands in a query that two readers may read in two ways: " + query.trouble());
        }
        return only(query.values(name), source);
    }

    private static @Nullable String only(List<String> values, String source) {
        if (values.size() > 1) {
            throw new Undecided(source, "is sent more than once");
        }
        return values.isEmpty() ? null : values.get(0);
    }
}
