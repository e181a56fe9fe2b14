package dev.portcullis.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.portcullis.Body.Parts;
import dev.portcullis.Check;
import dev.portcullis.Verdict;
import dev.portcullis.attack.Attacks;
import dev.portcullis.attack.Level;
import dev.portcullis.config.ConfigurationException;
import dev.portcullis.config.Gate;
import dev.portcullis.config.PolicyFile;
import dev.portcullis.form.FormFields;
import dev.portcullis.form.Uploads;
import dev.portcullis.http.Decoding;
import dev.portcullis.http.Json;
import dev.portcullis.http.MediaType;
import dev.portcullis.http.Multipart;
import dev.portcullis.http.Parameters;
import dev.portcullis.http.Protocol;
import dev.portcullis.http.RecordedWire;
import dev.portcullis.http.Structured;
import dev.portcullis.ip.IpRange;
import dev.portcullis.match.PathPattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/**
 * Everything that reads what a client or an operator wrote, for whoever throws bytes at it.
 *
 * <p>The oracle: a reader returns, or throws the exception that it declares; what it says holds; and it allocates no more than a bound.
 */
enum Reader {
    PATH("/a/b%20c") {
        @Override
        void read(byte[] input) {
            var view = RecordedWire.of("GET", text(input).replace('?', '/')).view();
            var path = view.path();
            if (view.ambiguity() == null && !isPlain(path)) {
                throw new AssertionError("no trouble with a path that is none: " + path);
            }
        }
    },
    QUERY("a=1&b=%C3%BC&c") {
        @Override
        void read(byte[] input) {
            var query = text(input);
            var wire = RecordedWire.of("GET", "/?" + query).with("Host", "a");
            var pairs = Parameters.query(query);
            var passed = Protocol.strict().check(wire.view()) instanceof Verdict.Pass;
            if (passed && pairs.trouble() != null && !pairs.trouble().equals("a parameter that is not UTF-8")) {
                throw new AssertionError("a query that passes and cannot be read: " + pairs.trouble());
            }
        }
    },
    FORM("a=1&b=x+y%26") {
        @Override
        void read(byte[] input) {
            if (Parameters.form(input).pairs().size() > Parameters.MAX_PAIRS) {
                throw new AssertionError("more pairs than the bound");
            }
            judge(FormFields.of(20, 100), "application/x-www-form-urlencoded", input);
        }
    },
    HEADERS("Content-Type: text/plain\nX-A: b\nHost: a") {
        @Override
        void read(byte[] input) {
            var wire = RecordedWire.of("GET", "/");
            for (var line : text(input).split("\n", 200)) {
                var colon = line.indexOf(':');
                wire = wire.with(line.substring(0, Math.max(0, colon)), line.substring(colon + 1));
            }
            demand(Protocol.strict().check(wire.view()));
        }
    },
    COOKIES("a=1; b=\"x\"") {
        @Override
        void read(byte[] input) {
            demand(ATTACKS.check(
                    RecordedWire.of("GET", "/").with("Cookie", text(input)).view()));
        }
    },
    MEDIA_TYPE("multipart/form-data; boundary=\"a b\"") {
        @Override
        void read(byte[] input) {
            var type = MediaType.parseOrNull(text(input));
            if (type != null && !type.equals(MediaType.parse(text(input)))) {
                throw new AssertionError("read in two ways");
            }
        }
    },
    STRUCTURED("a=1, b=\"x\";c=?1, d=(1 2), e=:YQ==:, f=@1, g=%\"x\"") {
        @Override
        void read(byte[] input) {
            var lines = List.of(text(input));
            var list = Structured.list(lines);
            if (list != null && !list.isEmpty() && Structured.list(List.of(Structured.print(list))) == null) {
                throw new AssertionError("printed as none");
            }
            var dictionary = Structured.dictionary(lines);
            var item = Structured.item(lines);
            if (item != null && Structured.item(List.of(Structured.print(item))) == null) {
                throw new AssertionError("printed as none: " + dictionary);
            }
        }
    },
    FORWARDED("for=192.0.2.1;proto=https, for=\"[2001:db8::1]:80\"") {
        @Override
        void read(byte[] input) {
            var wire = RecordedWire.of("GET", "/").with("Host", "a").with("Forwarded", text(input));
            demand(GATE.engine().evaluate(GATE.view(wire)));
        }
    },
    TOKEN("eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ.eyJzdWIiOiJhIn0.c2lnbmF0dXJl") {
        @Override
        void read(byte[] input) {
            var wire =
                    RecordedWire.of("GET", "/token").with("Host", "a").with("Authorization", "Bearer " + text(input));
            var outcome = GATE.engine().evaluate(GATE.view(wire));
            if (outcome instanceof dev.portcullis.Outcome.Proceed) {
                throw new AssertionError("a token that nobody signed");
            }
        }
    },
    JSON("{\"a\":[1,-2.5e3,true,null,\"\\u00fc\"]}") {
        @Override
        void read(byte[] input) {
            demand(Json.read(input));
            judge(ATTACKS, "application/json", input);
        }
    },
    XML("<?xml version=\"1.0\"?><a b=\"c\">d<![CDATA[e]]>&lt;</a>") {
        @Override
        void read(byte[] input) {
            judge(ATTACKS, "application/xml", input);
        }
    },
    MULTIPART("--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b.svg\"; filename*=utf-8''b.svg\r\n"
            + "Content-Type: image/svg+xml\r\n\r\n<svg onload='x'/>\r\n--x--\r\n") {
        @Override
        void read(byte[] input) {
            var form = Multipart.of(MediaType.parse(FORM_DATA), input);
            var total = form.parts().stream().mapToLong(part -> part.size()).sum();
            if (total > input.length || form.trouble() != null && !form.parts().isEmpty()) {
                throw new AssertionError("parts of more than there is");
            }
            judge(
                    Uploads.builder()
                            .extensions(List.of("svg", "txt", "png", "pdf"))
                            .build(),
                    FORM_DATA,
                    input);
            judge(FormFields.of(20, 100), FORM_DATA, input);
        }
    },
    GZIP("\u001f\u008b\b\0\0\0\0\0\0\0") {
        @Override
        void read(byte[] input) {
            var wire = RecordedWire.of("POST", "/")
                    .with("Content-Length", String.valueOf(input.length))
                    .with("Content-Type", "application/json")
                    .body(input);
            var check = new Decoding(Set.copyOf(Decoding.KNOWN), 100)
                    .around(Attacks.builder().build());
            demand(check.check(wire.with("Content-Encoding", "gzip").view()));
            demand(check.check(wire.with("Content-Encoding", "deflate").view()));
        }
    },
    RANGE("192.0.2.0/24") {
        @Override
        void read(byte[] input) {
            try {
                var range = IpRange.parse(text(input));
                if (!IpRange.parse(range.toString()).equals(range)) {
                    throw new AssertionError("printed as another: " + range);
                }
            } catch (IllegalArgumentException e) {
                demand(e);
            }
        }
    },
    PATTERN("/a/{b}/*.c/**") {
        @Override
        void read(byte[] input) {
            try {
                demand(PathPattern.parse(text(input)).matches("/a/b/c.c/d"));
            } catch (IllegalArgumentException e) {
                demand(e);
            }
        }
    },
    POLICY(
            "portcullis:\n  policies:\n    a: { paths: [/a], methods: [GET], public: true, body: { max-size: 1KB } }\n") {
        @Override
        void read(byte[] input) {
            try (var gate = Gate.builder(PolicyFile.parse("p.yml", new String(input, UTF_8), name -> null))
                    .build()) {
                demand(gate);
            } catch (ConfigurationException e) {
                demand(e.problems());
            }
        }
    };

    /** How much one input may make a reader allocate, and how much for each of its bytes. */
    private static final long ALLOCATED = 64L << 20;

    private static final long ALLOCATED_PER_BYTE = 16 * 1024;

    private static final String FORM_DATA = "multipart/form-data; boundary=x";
    private static final Check ATTACKS = Attacks.builder().level(Level.STRICT).build();
    private static final Gate GATE =
            Gate.builder(PolicyFile.parse("p.yml", """
                    forwarded: { trusted: [127.0.0.1], address: forwarded, scheme: forwarded, host: forwarded }
                    issuers:
                      main:
                        issuer: https://idp.example
                        audiences: [a]
                        jwks: '{"keys":[{"kty":"EC","crv":"P-256","kid":"k","alg":"ES256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}'
                    policies:
                      open: { paths: [/], public: true, ip: { deny: [192.0.2.7] } }
                      token: { paths: [/token], authenticate: [jwt] }
                    """, name -> null)).build();

    private final byte[] seed;
    private volatile boolean warm;

    Reader(String seed) {
        this.seed = seed.getBytes(ISO_8859_1);
    }

    /** Something that it can read. */
    byte[] seed() {
        return seed.clone();
    }

    /** Reads whatever this is; throws where the oracle does not hold. */
    abstract void read(byte[] input);

    /** Reads and holds what was allocated against the bound. */
    void readWithinBound(byte[] input) {
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        warmUp();
        var before = threads.getCurrentThreadAllocatedBytes();
        read(input);
        var allocated = threads.getCurrentThreadAllocatedBytes() - before;
        if (allocated > ALLOCATED + ALLOCATED_PER_BYTE * input.length) {
            throw new AssertionError(this + ": " + allocated + " bytes for " + input.length);
        }
    }

    /** What the classes allocate when they are loaded, and a fuzzer where it rewrites them, is not the input's. */
    private void warmUp() {
        if (!warm) {
            read(seed);
            read(new byte[0]);
            warm = true;
        }
    }

    private static String text(byte[] input) {
        return new String(input, ISO_8859_1);
    }

    private static boolean isPlain(String path) {
        var dots = ("/" + path + "/").contains("/../") || (path + "/").contains("/./") || path.contains("//");
        return !dots && path.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '\\' || c == ';');
    }

    private static void judge(Check check, String type, byte[] body) {
        var wire = RecordedWire.of("POST", "/")
                .with("Content-Type", type)
                .with("Content-Length", String.valueOf(body.length))
                .body(body);
        demand(check.check(wire.view()));
        if (wire.view().body().parts(1 << 20) instanceof Parts.Whole whole) {
            whole.all().forEach(Reader::open);
        }
    }

    private static void open(dev.portcullis.Body.Part part) {
        try (var in = part.open()) {
            if (in.readAllBytes().length != part.size()) {
                throw new AssertionError("another size than it says");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void demand(Object result) {
        java.util.Objects.requireNonNull(result, "result");
    }
}
