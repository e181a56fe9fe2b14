package dev.portcullis.drill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Header fields by which somebody says that he is somewhere or somebody else, or asks for something else. */
final class FieldTricks implements Tricks {

    private final String kind;
    private final String about;
    private final Map<String, String> fields;

    private FieldTricks(String kind, String about, Map<String, String> fields) {
        this.kind = kind;
        this.about = about;
        this.fields = fields;
    }

    static FieldTricks addresses() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("x-forwarded-for", "X-Forwarded-For: 127.0.0.1");
        fields.put("x-forwarded-for-private", "X-Forwarded-For: 10.0.0.1");
        fields.put("x-forwarded-for-list", "X-Forwarded-For: 10.0.0.1, 127.0.0.1");
        fields.put("forwarded", "Forwarded: for=127.0.0.1;proto=https;host=localhost");
        fields.put("forwarded-quoted", "Forwarded: for=\"[::1]:80\"");
        fields.put("x-real-ip", "X-Real-IP: 127.0.0.1");
        fields.put("true-client-ip", "True-Client-IP: 127.0.0.1");
        fields.put("cf-connecting-ip", "CF-Connecting-IP: 127.0.0.1");
        fields.put("x-client-ip", "X-Client-IP: 127.0.0.1");
        fields.put("x-forwarded-host", "X-Forwarded-Host: localhost");
        fields.put("x-forwarded-proto", "X-Forwarded-Proto: https");
        return new FieldTricks("forwarded", "Addresses that a caller claims to come from", fields);
    }

    static FieldTricks identities() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("x-user", "X-User: admin");
        fields.put("x-forwarded-user", "X-Forwarded-User: admin");
        fields.put("x-remote-user", "X-Remote-User: admin");
        fields.put("remote-user", "Remote-User: admin");
        fields.put("x-authenticated-userid", "X-Authenticated-Userid: admin");
        fields.put("x-consumer-username", "X-Consumer-Username: admin");
        fields.put("x-auth-request-user", "X-Auth-Request-User: admin");
        fields.put("x-amzn-oidc-identity", "X-Amzn-Oidc-Identity: admin");
        fields.put("x-goog-authenticated-user-email", "X-Goog-Authenticated-User-Email: accounts.google.com:admin");
        fields.put("x-ssl-client-verify", "X-SSL-Client-Verify: SUCCESS");
        fields.put(
                "x-forwarded-client-cert", "X-Forwarded-Client-Cert: Subject=\"CN=admin\";URI=spiffe://cluster/admin");
        fields.put("x-middleware-subrequest", "X-Middleware-Subrequest: middleware:middleware:middleware");
        return new FieldTricks("identity", "Identities that a gateway would have given", fields);
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String about() {
        return about;
    }

    @Override
    public List<String> ids() {
        return new ArrayList<>(fields.keySet());
    }

    @Override
    public List<Shot> against(Scene scene) {
        var shots = new ArrayList<Shot>();
        fields.forEach((id, line) -> shots.addAll(scene.waysIn(id, draft -> draft.line(line))));
        return shots;
    }
}
