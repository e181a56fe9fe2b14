package dev.portcullis.servlet;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;

/** Tells the engine when an asynchronous answer has ended. */
final class Completion implements AsyncListener {

    private final Exchange exchange;

    Completion(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        exchange.completed();
        exchange.finish(status(event));
    }

    /** The application may still answer a time-out; the end comes with {@link #onComplete}. */
    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {
        var cause = event.getThrowable();
        exchange.fail(cause == null ? new IllegalStateException("the asynchronous answer failed") : cause);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }

    private static int status(AsyncEvent event) {
        return event.getSuppliedResponse() instanceof HttpServletResponse response ? response.getStatus() : 0;
    }
}
