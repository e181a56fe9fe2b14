package dev.portcullis.spring.boot;

import dev.portcullis.config.Configuration;
import dev.portcullis.schema.Signature;
import dev.portcullis.spring.derive.Signatures;
import java.util.ArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Reads what handlers take of requests, where some policy asks for that. */
final class Derivations {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");

    private Derivations() {}

    /** The reader of signatures; one that knows nothing where no policy asks. */
    static Function<HandlerMethod, @Nullable Signature> of(ApplicationContext context, Configuration configuration) {
        var policies = configuration.policies();
        var asked = policies != null && policies.values().stream().anyMatch(policy -> policy.derive() != null);
        var adapters = new ArrayList<>(
                BeanFactoryUtils.beansOfTypeIncludingAncestors(context, RequestMappingHandlerAdapter.class, true, false)
                        .values());
        if (!asked || adapters.isEmpty()) {
            return handler -> null;
        }
        AnnotationAwareOrderComparator.sort(adapters);
        var signatures = Signatures.of(context, adapters.get(0));
        return handler -> told(handler, signatures.of(handler));
    }

    /** What is left open is said at the start. */
    private static Signature told(HandlerMethod handler, Signature signature) {
        var open = signature.open();
        if (!open.isEmpty() && !handler.getBeanType().getName().startsWith("org.springframework.")) {
            LOG.info("not derived of {}: {}", handler.getShortLogMessage(), String.join("; ", open));
        }
        return signature;
    }
}
