package dev.portcullis.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.fixture.RawHttp;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an upload of ten megabytes makes the server's thread allocate: no copy of it. */
class UploadCostTest {

    private static final int LENGTH = 10_000_000;

    /** Far less than the body, and enough for buffers of the container. */
    private static final long BUDGET = 1_000_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String POLICIES = """
            policies:
              unread:
                paths: [/unread]
                public: true
                ip: { deny: [203.0.113.0/24] }
                cors: { origins: [https://app.example.com] }
                rate-limits: { burst: { permits: 1000, per: 1m } }
                cross-site: { frames: deny }
              counted: { paths: [/counted], public: true, body: { max-size: 20MB } }
              files: { paths: [/files], public: true, uploads: { max-size: 20MB, max-file-size: 20MB } }
            """;

    /** Notes what everything behind it allocates. */
    private record Measure(Filter gate, AtomicLong allocated) implements Filter {

        @Override
        public void init(FilterConfig config) throws ServletException {
            gate.init(config);
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            var before = THREADS.getCurrentThreadAllocatedBytes();
            gate.doFilter(request, response, chain);
            allocated.set(THREADS.getCurrentThreadAllocatedBytes() - before);
        }
    }

    /** Reads all of the body, or counts the bytes of its files, through one small buffer. */
    private static final class Count extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            var total = 0L;
            if (request.getRequestURI().equals("/files")) {
                for (var part : request.getParts()) {
                    total += part.getSize();
                }
            } else {
                var buffer = new byte[8192];
                for (var count = 0; count >= 0; count = request.getInputStream().read(buffer)) {
                    total += count;
                }
            }
            response.getWriter().print(total);
        }
    }

    private static final String BEFORE =
            "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.txt\"\r\n\r\n";
    private static final String AFTER = "\r\n--x--\r\n";

    private static long allocatedFor(Container container, AtomicLong allocated, String path) throws IOException {
        var files = path.equals("/files");
        var body = (files ? BEFORE : "") + "x".repeat(LENGTH) + (files ? AFTER : "");
        var answer = "";
        for (var i = 0; i < 2; i++) {
            answer = RawHttp.to("127.0.0.1", container.port())
                    .send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                            + (files ? "multipart/form-data; boundary=x" : "application/octet-stream")
                            + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .text();
        }
        assertThat(answer).isEqualTo(String.valueOf(LENGTH));
        return allocated.get();
    }

    @ParameterizedTest
    @EnumSource
    void noCopyIsMadeOfWhatNoRuleReads(Container.Kind kind) throws Exception {
        var allocated = new AtomicLong();
        try (var gate = Gate.builder(PolicyFile.parse("p.yml", POLICIES, name -> null))
                        .build();
                var container = kind.start(
                        new Measure(new PortcullisFilter(gate, Routes.UNKNOWN), allocated), Map.of("/", new Count()))) {
            var unread = allocatedFor(container, allocated, "/unread");
            var counted = allocatedFor(container, allocated, "/counted");
            var files = allocatedFor(container, allocated, "/files");
            System.out.println(kind + ": unread " + unread + ", counted " + counted + ", files " + files);

            assertThat(unread).isBetween(1L, BUDGET);
            assertThat(counted).isBetween(1L, BUDGET);
            assertThat(files).isBetween(1L, 3 * BUDGET);
        }
    }

    /** What the gate allocates before the application is asked, for a body that no rule reads: no more than for a short one. */
    @ParameterizedTest
    @EnumSource
    void nothingIsAllocatedForABodyThatNoRuleReads(Container.Kind kind) throws Exception {
        var allocated = new AtomicLong();
        try (var gate = Gate.builder(PolicyFile.parse("p.yml", POLICIES, name -> null))
                        .build();
                var container = kind.start(
                        new Entry(new PortcullisFilter(gate, Routes.UNKNOWN), allocated), Map.of("/", new Count()))) {
            var few = leastFor(container, allocated, 1);
            var many = leastFor(container, allocated, 1_000_000);

            assertThat(many - few).isLessThan(1_000);
            assertThat(few).isPositive();
        }
    }

    private static long leastFor(Container container, AtomicLong allocated, int length) throws IOException {
        var least = Long.MAX_VALUE;
        for (var i = 0; i < 10; i++) {
            var answer = RawHttp.to("127.0.0.1", container.port())
                    .send("POST /unread HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Content-Type: application/octet-stream\r\nContent-Length: " + length
                            + "\r\n\r\n" + "x".repeat(length))
                    .text();
            assertThat(answer).isEqualTo(String.valueOf(length));
            least = Math.min(least, allocated.get());
        }
        return least;
    }

    /** Notes what the gate allocates before the application is asked. */
    private record Entry(Filter gate, AtomicLong allocated) implements Filter {

        @Override
        public void init(FilterConfig config) throws ServletException {
            gate.init(config);
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            var before = THREADS.getCurrentThreadAllocatedBytes();
            gate.doFilter(request, response, (asked, answered) -> {
                allocated.set(THREADS.getCurrentThreadAllocatedBytes() - before);
                chain.doFilter(asked, answered);
            });
        }
    }

    /** The measure sees a copy where one is made. */
    @ParameterizedTest
    @EnumSource
    void aCopyIsFoundOut(Container.Kind kind) throws Exception {
        var allocated = new AtomicLong();
        var reading = new PortcullisFilter(
                dev.portcullis.Engine.of(
                        dev.portcullis.PolicySet.builder()
                                .first(dev.portcullis.Rule.enforce("read", request -> {
                                    var unused = request.body().content(2L * LENGTH);
                                    return dev.portcullis.Verdict.pass();
                                }))
                                .otherwiseProceed(),
                        dev.portcullis.Listener.NONE),
                dev.portcullis.http.Forwarding.NONE,
                Routes.UNKNOWN);
        try (var container = kind.start(new Measure(reading, allocated), Map.of("/", new Count()))) {
            assertThat(allocatedFor(container, allocated, "/read")).isGreaterThan(LENGTH);
        }
    }
}
