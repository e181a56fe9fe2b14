package dev.portcullis.servlet;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.CharBuffer;

/** The characters that the application writes, on their way past the rules. Belongs to one response. */
final class DepartingWriter extends PrintWriter {

    private final Departure departure;
    private boolean broken;

    DepartingWriter(PrintWriter writer, Departure departure) {
        super(writer);
        this.departure = departure;
    }

    private boolean passes(CharSequence content) {
        try {
            return departure.passes(content);
        } catch (IOException e) {
            setError();
            return false;
        }
    }

    @Override
    public void write(int c) {
        if (passes(String.valueOf((char) c))) {
            super.write(c);
        }
    }

    @Override
    public void write(char[] chars, int offset, int length) {
        if (passes(CharBuffer.wrap(chars, offset, length))) {
            super.write(chars, offset, length);
        }
    }

    @Override
    public void write(String text, int offset, int length) {
        if (passes(CharBuffer.wrap(text, offset, offset + length))) {
            super.write(text, offset, length);
        }
    }

    /** The end of a line would else go past. */
    @Override
    public void println() {
        write(System.lineSeparator());
    }

    @Override
    public void flush() {
        try {
            if (departure.flushing()) {
                super.flush();
            }
        } catch (IOException e) {
            setError();
        }
    }

    /** Containers flush when they are asked. */
    @Override
    public boolean checkError() {
        try {
            return departure.checking() ? super.checkError() : broken;
        } catch (IOException e) {
            setError();
            return true;
        }
    }

    @Override
    protected void setError() {
        broken = true;
        super.setError();
    }

    @Override
    public void close() {
        try {
            departure.finish();
        } catch (IOException e) {
            setError();
        }
        super.close();
    }
}
