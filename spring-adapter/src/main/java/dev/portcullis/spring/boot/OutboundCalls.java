package dev.portcullis.spring.boot;

import dev.portcullis.Header;
import dev.portcullis.outbound.Outbound;
import dev.portcullis.servlet.Onward;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Lets a {@link RestClient} take the caller's token and trace along to the hosts of {@code portcullis.outbound}: {@code
 * RestClient.builder().apply(calls).build()}. Thread-safe.
 *
 * <p>It gives the client a request factory that follows no redirects, for a redirect may lead anywhere; do not replace it. Without {@code
 * portcullis.outbound}, and on threads that serve no request, nothing goes along.
 */
public final class OutboundCalls implements Consumer<RestClient.Builder> {

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final Supplier<Outbound> outbound;

    /** Made when the first client is, for it brings threads along. */
    private static final class Requests {

        static final JdkClientHttpRequestFactory MADE = make();

        private static JdkClientHttpRequestFactory make() {
            var requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                    .followRedirects(Redirect.NEVER)
                    .connectTimeout(CONNECT_WITHIN)
                    .build());
            requests.setReadTimeout(ANSWER_WITHIN);
            return requests;
        }
    }

    OutboundCalls(Supplier<Outbound> outbound) {
        this.outbound = outbound;
    }

    /** Takes along what belongs to the request that Spring serves on the thread that makes the call. */
    @Override
    public void accept(RestClient.Builder builder) {
        prepare(builder, OutboundCalls::served);
    }

    /** Takes along what belongs to this request, on whatever thread the call is made while it is being answered. */
    public Consumer<RestClient.Builder> of(HttpServletRequest request) {
        var onward = Onward.of(request, outbound.get());
        return builder -> prepare(builder, unused -> onward);
    }

    private static @Nullable Onward served(Outbound outbound) {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes served
                ? Onward.of(served.getRequest(), outbound)
                : null;
    }

    /** Finds the request that a call is made for. */
    private interface Finder {

        @Nullable
        Onward onward(Outbound hosts);
    }

    private void prepare(RestClient.Builder builder, Finder finder) {
        builder.requestFactory(Requests.MADE)
                .requestInterceptor((call, body, execution) -> send(call, body, execution, finder));
    }

    private ClientHttpResponse send(HttpRequest call, byte[] body, ClientHttpRequestExecution execution, Finder finder)
            throws IOException {
        var hosts = outbound.get();
        var onward = hosts.names(call.getURI()) ? finder.onward(hosts) : null;
        var along = onward == null ? List.<Header>of() : onward.along(call.getURI());
        for (var field : along) {
            if (call.getHeaders().getFirst(field.name()) == null) {
                call.getHeaders().set(field.name(), field.value());
            }
        }
        return execution.execute(call, body);
    }
}
