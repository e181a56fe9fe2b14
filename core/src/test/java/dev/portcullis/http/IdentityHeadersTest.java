package dev.portcullis.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-User",
                "x_user",
                "X_USER-ID",
                "Remote-User",
                "REMOTE_USER",
                "remote-User",
                "Client-Cert",
                "client_cert_chain",
                "SSL-Client-Cert",
                "ssl_client_cert",
                "X-Consumer-Anything",
                "x-goog-iap-jwt-assertion",
                "X-Forwarded-User",
                "X-MS-CLIENT-PRINCIPAL-ID",
                "X-Userinfo",
                "X-SSL-Client-S-DN",
                "ssl_client_s_dn",
                "Cf-Access-Jwt-Assertion",
                "OIDC_CLAIM_sub",
                "X-JWT-Claims",
                "X-Auth-User",
                "X-Amzn-Mtls-Clientcert-Subject"
            })
    void knowsThoseThatNameACaller(String name) {
        assertThat(IdentityHeaders.contains(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X",
                "x-",
                "C",
                "Content-Type",
                "Cookie",
                "Range",
                "Remote",
                "Sec-Fetch-Site",
                "X-Request-Id",
                "X-User-Agent",
                "X-Auth-Token",
                "X-Scope-OrgID",
                "CF-Connecting-IP"
            })
    void knowsNoOthers(String name) {
        assertThat(IdentityHeaders.contains(name)).isFalse();
    }
}
