// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.HandTime;
import io.coffer.core.Observer;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HashesTest {
    private static final AuditFacts.Mount MOUNT = new AuditFacts.Mount("secret/", "kv", "kv_1");

    private final HandDevice device = new HandDevice("file");
    private final HandDevice open = new HandDevice("open", new AuditOptions(true, true));
    private final AuditLog log =
            new AuditLog(List.of(device, open), AuditLimits.DEFAULT, new HandTime(), Observer.none());
    private final OpenAudit store = new OpenAudit(log);

    @Test
    void whoCallsAgainIsToldAsTheFirstTime() {
        for (int i = 0; i < 3; i++) {
            for (String token : List.of("hvs.a", "hvs.b")) {
                log.write(request(caller(token, List.of("default")), token, ""));

                Json.Obj entry = OpenAudit.parsed(device.last());
                assertThat(OpenAudit.at(entry, "auth", "client_token")).isEqualTo(Json.of(store.hmac("file", token)));
                assertThat(OpenAudit.at(entry, "auth", "accessor"))
                        .isEqualTo(Json.of(store.hmac("file", "accessor of " + token)));
                assertThat(OpenAudit.at(entry, "request", "client_token"))
                        .isEqualTo(Json.of(store.hmac("file", token)));
                assertThat(open.text()).contains("\"client_token\":\"" + token + "\"");
            }
        }
    }

    @Test
    void whatHasChangedOfACallerShows() {
        log.write(request(caller("hvs.a", List.of("default")), "hvs.a", ""));
        log.write(request(caller("hvs.a", List.of("default", "more")), "hvs.a", "permission denied"));

        Json.Obj entry = OpenAudit.parsed(device.last());
        assertThat(OpenAudit.at(entry, "auth", "policies")).isEqualTo(Json.of(List.of("default", "more")));
        assertThat(OpenAudit.at(entry, "auth", "policy_results", "allowed")).isEqualTo(Json.of(false));
    }

    @Test
    void tokensThatAreStoredNowhereAreNotTakenForEachOther() {
        AuditFacts.Subject batch = new AuditFacts.Subject("", "", "batch", List.of("default"), "");
        for (String token : List.of("hvb.a", "hvb.b")) {
            log.write(request(batch, token, ""));

            assertThat(OpenAudit.at(OpenAudit.parsed(device.last()), "auth", "client_token"))
                    .isEqualTo(Json.of(store.hmac("file", token)));
        }
    }

    @Test
    void noMoreCallersAreKnownThanTheLimitAndNoneAfterSealing() {
        Hashes hashes = store.read(reader -> new DeviceKey("file").hashes(reader));
        for (int i = 0; i <= Hashes.CALLERS + 1; i++) {
            hashes.of(caller("hvs." + i, List.of()), () -> new Hashes.Named(new byte[0], new byte[0]));
            assertThat(hashes.known()).isBetween(1, Hashes.CALLERS);
        }
        store.barrier.close();

        assertThat(hashes.known()).isZero();
    }

    private AuditedRequest request(AuditFacts.Subject caller, String token, String error) {
        AuditFacts facts = AuditFacts.of(OpenAudit.incoming(
                        Operation.READ, "secret/data/app", Optional.of(new Credential(token)), Optional.empty()))
                .by(caller)
                .at(MOUNT)
                .with(Json.NULL, Map.of())
                .refused(error);
        return store.read(reader -> log.request(reader, facts));
    }

    private static AuditFacts.Subject caller(String token, List<String> policies) {
        return new AuditFacts.Subject("name of " + token, "accessor of " + token, "ann", policies, "");
    }
}
