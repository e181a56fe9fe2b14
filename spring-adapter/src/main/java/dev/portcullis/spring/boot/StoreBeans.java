package dev.portcullis.spring.boot;

import dev.portcullis.config.GateBuilder;
import dev.portcullis.store.Ledger;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * The beans that several nodes share, where no {@code portcullis.store} is written: a {@link Ledger}, and a {@link ProxyManager} whose
 * keys are texts.
 *
 * @param context where they are
 */
record StoreBeans(ApplicationContext context) {

    private static final Logger LOG = LoggerFactory.getLogger("dev.portcullis");
    private static final ResolvableType COUNTERS =
            ResolvableType.forClassWithGenerics(ProxyManager.class, String.class);

    /** Hands in those that there are one of, and says which it does not. */
    void handTo(GateBuilder builder) {
        context.getBeanProvider(Ledger.class).ifUnique(builder::ledger);
        ObjectProvider<ProxyManager<String>> counters = context.getBeanProvider(COUNTERS);
        var known = counters.getIfUnique();
        if (known != null) {
            builder.counters(known);
        } else if (BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context, ProxyManager.class).length > 0) {
            LOG.warn(
                    "no `ProxyManager` is used for rate limits, because none of them is the only `ProxyManager<String>`"
                            + " (declare one bean of that type, such as by `withMapper`, or write `portcullis.store`)");
        }
    }
}
