// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.HandTime;
import io.coffer.core.Observer;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditEntryTest {
    private static final String CANARY = "canary-5f1c";

    private final HandDevice device = new HandDevice("file");
    private final HandDevice open = new HandDevice("open", new AuditOptions(true, true));
    private final HandDevice named = new HandDevice("named", new AuditOptions(false, false));
    private final AuditLog log =
            new AuditLog(List.of(device, open, named), AuditLimits.DEFAULT, new HandTime(), Observer.none());
    private final OpenAudit store = new OpenAudit(log);

    @Test
    void anEntryIsTheGoldenOne() {
        AuditedRequest request = request(OpenAudit.facts(json("{\"data\":{\"user\":\"ann\",\"n\":7}}")));
        log.write(request, response(request, new Response.Ok(json("{\"version\":3}"))));
        String token = store.hmac("file", "hvs.token");
        String accessor = store.hmac("file", "accessor-1");
        String who =
                "\"auth\":{\"policy_results\":{\"allowed\":true},\"client_token\":\"" + token + "\",\"accessor\":\""
                        + accessor
                        + "\",\"display_name\":\"root\",\"policies\":[\"root\"],\"token_policies\":[\"root\"]},\"request\":{"
                        + "\"id\":\"6f9d1c52-7a39-4f6e-9a61-0d1f2b3c4d5e\",\"operation\":\"update\",\"namespace\":{\"id\":\"root\"},"
                        + "\"path\":\"secret/data/app\",\"remote_address\":\"10.1.2.3\",\"remote_port\":4711,"
                        + "\"mount_point\":\"secret/\",\"mount_type\":\"kv\",\"mount_accessor\":\"kv_1f0e9d3c\",\"client_token\":\""
                        + token + "\",\"client_token_accessor\":\"" + accessor + "\",\"data\":{\"data\":{\"user\":\""
                        + store.hmac("file", "ann") + "\",\"n\":7}}}";

        assertThat(device.text())
                .isEqualTo("{\"time\":\"2026-11-24T12:00:00.5Z\",\"type\":\"request\"," + who + "}\n"
                        + "{\"time\":\"2026-11-24T12:00:00.5Z\",\"type\":\"response\"," + who
                        + ",\"response\":{\"namespace\":{\"id\":\"root\"},\"data\":{\"version\":3}}}\n");
    }

    @Test
    void thePoliciesThatSaidYesAreNamedInBothLines() {
        AuditedRequest request = request(OpenAudit.facts(json("{}")).granted(List.of("dev", "o\"ps")));
        log.write(request, response(request, Response.NO_CONTENT));
        String granted = "\"policy_results\":{\"allowed\":true,\"granting_policies\":["
                + "{\"name\":\"dev\",\"namespace_id\":\"root\",\"type\":\"acl\"},"
                + "{\"name\":\"o\\\"ps\",\"namespace_id\":\"root\",\"type\":\"acl\"}]}";
        assertThat(device.text().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains(granted));
    }

    @Test
    void anEntrySaysWhichPoliciesAreTheTokensAndWhenItWasMade() {
        AuditedRequest request = request(OpenAudit.facts(json("{}"))
                .by(new AuditFacts.Subject(
                        "id-2",
                        "accessor-2",
                        "ann",
                        List.of("default", "x"),
                        "entity-1",
                        List.of("default", "x", "group", "a"),
                        new AuditFacts.Life(
                                "service", 3600, Instant.parse("2026-11-24T11:00:00Z"), Map.of("user", CANARY)))));
        log.write(request);
        assertThat(device.text())
                .contains(
                        "\"policies\":[\"a\",\"default\",\"group\",\"x\"],\"token_policies\":[\"default\",\"x\"],"
                                + "\"identity_policies\":[\"a\",\"group\"],\"entity_id\":\"entity-1\","
                                + "\"metadata\":{\"user\":\"hmac-sha256:",
                        "\"token_type\":\"service\",\"token_ttl\":3600,\"token_issue_time\":\"2026-11-24T11:00:00Z\"}")
                .doesNotContain(CANARY);
    }

    @Test
    void noValueShowsWhereverItStands() {
        Json data = json("{\"a\":\"%1$s\",\"b\":[\"%1$s\",{\"c\":\"%1$s\"}]}".formatted(CANARY));
        Json raw = new Json.Raw(JsonText.write(data));
        for (Json value : List.of(data, raw)) {
            AuditedRequest request = request(AuditFacts.of(OpenAudit.incoming(
                            Operation.UPDATE,
                            "secret/data/app",
                            Optional.of(new Credential(CANARY)),
                            Optional.of(CANARY)))
                    .by(new AuditFacts.Subject("", CANARY, "ann", List.of("default"), "entity-1"))
                    .with(value, Map.of()));
            log.write(request);
            for (Response answer : List.of(
                    new Response.Ok(value, 3, List.of("a warning")),
                    new Response.Gone(value, List.of()),
                    new Response.Coded(200, value))) {
                log.write(response(request, answer));
            }
            log.write(log.ended(request, AuditLog.OUTCOME_UNKNOWN));
        }

        assertThat(device.handed).hasSize(10);
        assertThat(device.text()).doesNotContain(CANARY).contains(store.hmac("file", CANARY));
        assertThat(open.text()).contains(CANARY).doesNotContain("hmac-sha256");
    }

    @Test
    void anAccessorStandsInClearOnlyIfTheDeviceAsksForIt() {
        log.write(request(OpenAudit.facts(Json.NULL)));

        assertThat(device.text()).doesNotContain("accessor-1");
        assertThat(named.text())
                .contains("\"accessor\":\"accessor-1\"")
                .contains("\"client_token_accessor\":\"accessor-1\"")
                .doesNotContain("hvs.token");
    }

    @Test
    void eachKindOfAnswerTellsItsError() {
        AuditedRequest request = request(OpenAudit.facts(Json.NULL));
        Map<Response, String> answers = Map.ofEntries(
                Map.entry(new Response.NotFound(List.of("one", "two")), "one; two"),
                Map.entry(new Response.Invalid("cas must be a number"), "cas must be a number"),
                Map.entry(Response.Denied.PERMISSION, "permission denied"),
                Map.entry(new Response.NotAllowed("unsupported operation"), "unsupported operation"),
                Map.entry(new Response.TooLarge("too large"), "too large"),
                Map.entry(new Response.UnsupportedMedia("media"), "media"),
                Map.entry(new Response.Busy("come again"), "come again"),
                Map.entry(new Response.Unavailable("closing"), "closing"),
                Map.entry(new Response.Failed("internal error"), "internal error"));

        answers.forEach((answer, error) -> {
            log.write(response(request, answer));
            assertThat(OpenAudit.at(OpenAudit.parsed(device.last()), "error")).isEqualTo(Json.of(error));
        });
        log.write(response(request, Response.NO_CONTENT));
        assertThat(OpenAudit.parsed(device.last()).has("error")).isFalse();
    }

    @Test
    void aRefusedRequestSaysSoAndNamesNobody() {
        log.write(request(AuditFacts.of(OpenAudit.incoming(
                        Operation.READ, "secret/data/app", Optional.of(new Credential("hvs.bogus")), Optional.empty()))
                .refused("permission denied")));
        Json.Obj entry = OpenAudit.parsed(device.last());

        assertThat(OpenAudit.at(entry, "auth")).isEqualTo(json("{\"policy_results\":{\"allowed\":false}}"));
        assertThat(OpenAudit.at(entry, "error")).isEqualTo(Json.of("permission denied"));
        assertThat(OpenAudit.at(entry, "request", "client_token")).isEqualTo(Json.of(store.hmac("file", "hvs.bogus")));
    }

    @Test
    void theTwinRepeatsTheRequestAndNeedsNoKey() {
        AuditedRequest request = request(OpenAudit.facts(json("{\"a\":\"b\"}")));
        log.write(request);
        Json asked = OpenAudit.at(OpenAudit.parsed(device.last()), "request");
        store.barrier.close();
        log.write(log.ended(request, AuditLog.OUTCOME_UNKNOWN));
        Json.Obj entry = OpenAudit.parsed(device.last());

        assertThat(OpenAudit.at(entry, "type")).isEqualTo(Json.of("response"));
        assertThat(OpenAudit.at(entry, "request")).isEqualTo(asked);
        assertThat(OpenAudit.at(entry, "error")).isEqualTo(Json.of("outcome unknown"));
    }

    @Test
    void anEntryIsBoundedWhateverTheRequestHolds() {
        Json huge = new Json.Arr(java.util.Collections.nCopies(50_000, Json.of("x")));
        AuditedRequest request = request(OpenAudit.facts(huge).refused("e".repeat(100_000)));
        log.write(request, response(request, new Response.Ok(huge, 0, List.of("w".repeat(100_000)))));
        String lines = device.text();

        assertThat(lines).hasSizeLessThan(20_000).contains("\"data_omitted\":true");
        lines.lines().forEach(line -> OpenAudit.parsed((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void hostileNamesStayOnTheirLine() {
        log.write(request(AuditFacts.of(OpenAudit.incoming(Operation.READ, "secret/a\"b\\c\u00e9\ud83d\ude00"))
                .by(new AuditFacts.Subject("", "", "ann\n{\"type\":\"x\"}", List.of("p\u2028q"), ""))));
        Json.Obj entry = OpenAudit.parsed(device.last());

        assertThat(OpenAudit.at(entry, "request", "path")).isEqualTo(Json.of("secret/a\"b\\c\u00e9\ud83d\ude00"));
        assertThat(OpenAudit.at(entry, "auth", "display_name")).isEqualTo(Json.of("ann\n{\"type\":\"x\"}"));
    }

    private AuditedRequest request(AuditFacts facts) {
        return store.read(reader -> log.request(reader, facts));
    }

    private AuditLines response(AuditedRequest request, Response answer) {
        return store.read(reader -> log.response(reader, request, answer));
    }

    private static Json json(String text) {
        return JsonText.DEFAULT.parse(text.getBytes(StandardCharsets.UTF_8));
    }
}
