package dev.portcullis.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** Filters that take the method from a field of a form. */
final class ChangingFilters {

    private ChangingFilters() {}

    /** One of a name that is known for it. */
    static class HiddenHttpMethodFilter implements Filter {

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            var method = request.getParameter("_method");
            chain.doFilter(method == null ? request : changed(request, method), response);
        }

        private static HttpServletRequest changed(ServletRequest request, String method) {
            return new HttpServletRequestWrapper((HttpServletRequest) request) {
                @Override
                public String getMethod() {
                    return method;
                }
            };
        }
    }

    /** One that is one by what it extends. */
    static final class Ordered extends HiddenHttpMethodFilter {}
}
