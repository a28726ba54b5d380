// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.coffer.core.crypto.WrappingKey;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.secret.Secret;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is done to keys over HTTP, each to its end, and what of it the daemon has promised: that is there whatever
/// happens to the daemon.
final class KeyWorks {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TENANT_VALUES = 20;

    private final SecureRandom random = new SecureRandom();
    private final String token;

    /// Receipts that are to come, of destructions that were acknowledged.
    private final Set<String> receipts = new HashSet<>();

    /// How many terms a scope has at least.
    private final Map<String, Integer> terms = new HashMap<>();

    /// Scopes all of whose values are to be under the primary.
    private final Set<String> moved = new HashSet<>();

    private int tenantValues;
    private boolean tenantMayBeGone = true;

    enum Work {
        ROTATION,
        REWRAP,
        DESTRUCTION,
        IMPORT,
        PROMOTION,
        REMOVAL
    }

    KeyWorks(String token) {
        this.token = token;
    }

    void run(DaemonProcess daemon, Work work) throws Exception {
        switch (work) {
            case ROTATION -> rotateAll(daemon);
            case REWRAP -> rewrap(daemon, scope(daemon, "m0"));
            case DESTRUCTION -> destroy(daemon, scope(daemon, "m0"));
            case IMPORT -> take(daemon, scope(daemon, "m1"), own(daemon));
            case PROMOTION -> promote(daemon, scope(daemon, "m1"), scope(daemon, "m2"));
            case REMOVAL -> remove(daemon);
        }
    }

    private void rotateAll(DaemonProcess daemon) throws Exception {
        moved.clear();
        ok(daemon, "POST", "sys/rotate", "{\"rewrap\":true}");
        awaitIdle(daemon);
    }

    private void rewrap(DaemonProcess daemon, String scope) throws Exception {
        moved.remove(scope);
        ok(daemon, "POST", "sys/rotate", "{\"scope\":\"" + scope + "\"}");
        ok(daemon, "POST", "sys/rewrap", "{\"scope\":\"" + scope + "\"}");
        moved.add(scope);
        awaitIdle(daemon);
    }

    private void destroy(DaemonProcess daemon, String scope) throws Exception {
        rewrap(daemon, scope);
        for (Json.Obj term : terms(daemon, scope)) {
            if (text(term, "state").equals("deprecated")) {
                ok(daemon, "POST", "sys/keys/" + scope + "/" + number(term, "term") + "/destroy", "");
                receipts.add(scope + "." + number(term, "term"));
            }
        }
        awaitIdle(daemon);
    }

    /// A key from elsewhere, wrapped for this vault.
    private String own(DaemonProcess daemon) throws Exception {
        String pem = text(get(daemon, "sys/wrapping-key"), "public_key");
        try (Secret key = Secret.random(32, random)) {
            byte[] wrapped = WrappingKey.wrap(WrappingKey.recipient(pem).orElseThrow(), key, random);
            return Base64.getEncoder().encodeToString(wrapped);
        }
    }

    /// A scope takes a key once, so each time it is a new one.
    private void promote(DaemonProcess daemon, String from, String to) throws Exception {
        moved.remove(from);
        ok(daemon, "POST", "sys/rotate", "{\"scope\":\"" + from + "\"}");
        take(daemon, to, promoted(daemon, from));
    }

    private String promoted(DaemonProcess daemon, String scope) throws Exception {
        String pem = text(get(daemon, "sys/wrapping-key"), "public_key").replace("\n", "\\n");
        HttpResponse<String> answer =
                ok(daemon, "POST", "sys/keys/" + scope + "/promote", "{\"public_key\":\"" + pem + "\"}");
        return DaemonProcess.field(answer.body(), "ciphertext");
    }

    /// Takes a wrapped key in, and makes it the primary.
    private void take(DaemonProcess daemon, String scope, String ciphertext) throws Exception {
        moved.remove(scope);
        ok(daemon, "POST", "sys/keys/" + scope + "/import", "{\"ciphertext\":\"" + ciphertext + "\"}");
        List<Json.Obj> all = terms(daemon, scope);
        terms.put(scope, all.size());
        String body = "{\"scope\":\"" + scope + "\",\"rewrap\":true,\"term\":" + number(all.getLast(), "term") + "}";
        ok(daemon, "POST", "sys/rotate", body);
        moved.add(scope);
        awaitIdle(daemon);
    }

    private void remove(DaemonProcess daemon) throws Exception {
        if (!isTenantThere(daemon)) {
            tenantValues = 0;
            ok(daemon, "POST", "sys/mounts/tenant", "{\"type\":\"kv\"}");
            tenantMayBeGone = false;
        }
        while (tenantValues < TENANT_VALUES) {
            ok(daemon, "PUT", "tenant/" + tenantValues, "{\"n\":" + tenantValues + "}");
            tenantValues++;
        }
        String scope = scope(daemon, "tenant");
        tenantMayBeGone = true;
        ok(daemon, "DELETE", "sys/mounts/tenant", "");
        receipts.add(scope);
        awaitIdle(daemon);
        assertThat(daemon.ask("GET", "tenant/1", token, "").statusCode()).isEqualTo(404);
    }

    /// Waits for the background to end, and then sees what was promised, and that the store is sound.
    void check(DaemonProcess daemon, String when) throws Exception {
        awaitIdle(daemon);
        for (String receipt : receipts) {
            assertThat(daemon.ask("GET", "sys/receipts/" + receipt, token, "").statusCode())
                    .as(when + ", receipt " + receipt)
                    .isEqualTo(200);
        }
        for (var least : terms.entrySet()) {
            assertThat(terms(daemon, least.getKey())).as(when).hasSizeGreaterThanOrEqualTo(least.getValue());
        }
        for (String scope : moved) {
            assertThat(terms(daemon, scope))
                    .as(when)
                    .allMatch(term ->
                            number(term, "values") == 0 || text(term, "state").equals("primary"));
        }
        checkTenant(daemon, when);
        verify(daemon, when);
    }

    private void checkTenant(DaemonProcess daemon, String when) throws Exception {
        if (isTenantThere(daemon)) {
            for (int i = 0; i < tenantValues; i++) {
                assertThat(daemon.ask("GET", "tenant/" + i, token, "").body())
                        .as(when)
                        .contains("{\"n\":" + i + "}");
            }
        } else {
            assertThat(tenantMayBeGone).as(when).isTrue();
        }
    }

    /// Every value opens, and the census is what a look at each of them gives.
    private void verify(DaemonProcess daemon, String when) throws Exception {
        ok(daemon, "POST", "sys/verify", "");
        await(when)
                .atMost(PATIENCE)
                .until(() -> get(daemon, "sys/verify").get("under_way").equals(Json.of(false)));
        Json.Obj report = get(daemon, "sys/verify");
        assertThat(report.get("sound")).as(when + ": " + text(report)).isEqualTo(Json.of(true));
        assertThat(number(report, "scopes_compared")).as(when).isPositive();
    }

    /// Waits until no rewrap is under way and no key waits to be destroyed.
    private void awaitIdle(DaemonProcess daemon) {
        await().atMost(PATIENCE)
                .ignoreExceptionsMatching(failed -> !(failed instanceof IOException))
                .until(() -> get(daemon, "sys/rewrap").get("under_way").equals(Json.of(false))
                        && items(get(daemon, "sys/keys/jobs"), "jobs").isEmpty());
    }

    private boolean isTenantThere(DaemonProcess daemon) throws Exception {
        return get(daemon, "sys/mounts").has("tenant/");
    }

    private String scope(DaemonProcess daemon, String mount) throws Exception {
        return text((Json.Obj) get(daemon, "sys/mounts").get(mount + "/"), "uuid");
    }

    private List<Json.Obj> terms(DaemonProcess daemon, String scope) throws Exception {
        return items(get(daemon, "sys/keys/" + scope), "terms");
    }

    private HttpResponse<String> ok(DaemonProcess daemon, String method, String path, String body) throws Exception {
        return daemon.done(method, path, token, body);
    }

    private Json.Obj get(DaemonProcess daemon, String path) throws Exception {
        String body = ok(daemon, "GET", path, "").body();
        return (Json.Obj) JsonText.DEFAULT
                .parseObject(body.getBytes(StandardCharsets.UTF_8))
                .get("data");
    }

    private static List<Json.Obj> items(Json.Obj object, String name) {
        List<Json.Obj> items = new ArrayList<>();
        ((Json.Arr) object.get(name)).items().forEach(item -> items.add((Json.Obj) item));
        return items;
    }

    private static String text(Json.Obj object, String name) {
        return ((Json.Str) object.get(name)).value();
    }

    private static long number(Json.Obj object, String name) {
        return Long.parseLong(((Json.Num) object.get(name)).text());
    }

    private static String text(Json.Obj object) {
        return new String(JsonText.write(object), StandardCharsets.UTF_8);
    }
}
