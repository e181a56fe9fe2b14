package dev.portcullis.example.orders;

import dev.portcullis.fixture.IdentityProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Prints the commands to try, once the service answers. */
@Component
class Welcome {

    private final IdentityProvider provider;
    private final Environment environment;

    Welcome(IdentityProvider provider, Environment environment) {
        this.provider = provider;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    @SuppressWarnings("PMD.SystemPrintln")
    void print() {
        var service = "http://127.0.0.1:" + environment.getProperty("local.server.port");
        var order = "-H 'Content-Type: application/json' -d '{\"item\":\"chain\",\"quantity\":2}'";
        System.out.printf("""

                The gate is up. Try it:

                  curl -i %1$s/status
                  curl -i %1$s/api/orders
                  TOKEN=$(curl -s '%2$s/demo/token?sub=alice&scope=orders:read')
                  curl -i -H "Authorization: Bearer $TOKEN" %1$s/api/orders
                  WRITE=$(curl -s '%2$s/demo/token?sub=alice&scope=orders:write')
                  curl -i -H "Authorization: Bearer $WRITE" %3$s %1$s/api/orders
                  curl -i -H 'X-API-Key: demo-partner-key' %1$s/api/partners/report
                  curl -i -H 'X-Forwarded-For: 10.1.1.1' %1$s/admin/ping
                  curl -i '%1$s/search?q=please+select+a+plan+from+the+list'
                  curl -i "%1$s/search?q=1'+or+'1'='1"
                  curl -i %1$s/forgotten

                """, service, provider.issuer(), order);
    }
}
