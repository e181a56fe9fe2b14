package dev.portcullis.config;

import dev.portcullis.Listener;
import dev.portcullis.attack.BackgroundDetector;
import dev.portcullis.auth.ClientStore;
import dev.portcullis.ip.Countries;
import dev.portcullis.store.Ledger;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the application hands in beside the configuration.
 *
 * @param clients where keys are that are not in the configuration
 * @param database the application's database
 * @param ledger where nonces, revocations and the like are
 * @param counters where counts are
 * @param countries who tells the countries of addresses
 * @param authorizers who decides where a policy leaves it to the application
 * @param detectors who looks at requests in the background
 * @param listener who is told what happens
 * @param complete whether what is not here is not there; else this may be a rehearsal
 */
record Elsewhere(
        @Nullable ClientStore clients,
        @Nullable DataSource database,
        @Nullable Ledger ledger,
        @Nullable ProxyManager<String> counters,
        @Nullable Countries countries,
        Authorizers authorizers,
        List<BackgroundDetector> detectors,
        Listener listener,
        boolean complete) {}
