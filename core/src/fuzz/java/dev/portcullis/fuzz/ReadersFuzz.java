package dev.portcullis.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Throws bytes at every reader until one breaks, or time is over: see CONTRIBUTING.md. */
class ReadersFuzz {

    @FuzzTest(maxDuration = "10m")
    void path(byte[] input) {
        Reader.PATH.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void query(byte[] input) {
        Reader.QUERY.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void form(byte[] input) {
        Reader.FORM.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void headers(byte[] input) {
        Reader.HEADERS.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void cookies(byte[] input) {
        Reader.COOKIES.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void mediaType(byte[] input) {
        Reader.MEDIA_TYPE.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void structured(byte[] input) {
        Reader.STRUCTURED.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void forwarded(byte[] input) {
        Reader.FORWARDED.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void token(byte[] input) {
        Reader.TOKEN.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void json(byte[] input) {
        Reader.JSON.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void xml(byte[] input) {
        Reader.XML.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void multipart(byte[] input) {
        Reader.MULTIPART.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void gzip(byte[] input) {
        Reader.GZIP.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void range(byte[] input) {
        Reader.RANGE.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void pattern(byte[] input) {
        Reader.PATTERN.readWithinBound(input);
    }

    @FuzzTest(maxDuration = "10m")
    void policy(byte[] input) {
        Reader.POLICY.readWithinBound(input);
    }
}
