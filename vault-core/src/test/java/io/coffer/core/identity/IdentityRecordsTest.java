// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.policy.PolicyName;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The first form of each record, as it lies in stores for ever.
class IdentityRecordsTest {
    private static final StorageKey KEY = new StorageKey(Scope.IDENTITY, "entities/x");
    private static final String NOW = "2026-11-24T12:00:00.5Z";

    @Test
    void anEntityIsStoredSo() {
        Entity entity = new Entity(
                "e1",
                new IdentityName("bob"),
                Map.of("team", "red"),
                List.of(PolicyName.of("p1")),
                true,
                NOW,
                NOW,
                List.of("a1"),
                List.of("g1"),
                List.of("e0"));
        String form = "{\"v\":1,\"id\":\"e1\",\"name\":\"bob\",\"metadata\":{\"team\":\"red\"},\"policies\":[\"p1\"],"
                + "\"disabled\":true,\"created\":\"" + NOW + "\",\"updated\":\"" + NOW + "\",\"aliases\":[\"a1\"],"
                + "\"groups\":[\"g1\"],\"merged\":[\"e0\"]}";
        assertThat(text(entity.record())).isEqualTo(form);
        assertThat(Entity.of(KEY, plain(form))).isEqualTo(entity);
    }

    @Test
    void anAliasIsStoredSo() {
        Alias alias = new Alias(
                "a1",
                "e1",
                new IdentityName("bob@example.org"),
                "userpass_1f0e9d3c",
                Map.of("k", "v"),
                Map.of("c", "d"),
                NOW,
                NOW,
                List.of("e0"));
        String form = "{\"v\":1,\"id\":\"a1\",\"owner\":\"e1\",\"name\":\"bob@example.org\","
                + "\"accessor\":\"userpass_1f0e9d3c\",\"metadata\":{\"k\":\"v\"},\"custom\":{\"c\":\"d\"},"
                + "\"created\":\"" + NOW + "\",\"updated\":\"" + NOW + "\",\"merged_from\":[\"e0\"]}";
        assertThat(text(alias.record())).isEqualTo(form);
        assertThat(Alias.of(KEY, plain(form))).isEqualTo(alias);
    }

    @Test
    void aGroupIsStoredSo() {
        Group group = new Group(
                "g1",
                new IdentityName("ops"),
                true,
                Map.of("k", "v"),
                List.of(PolicyName.of("p1")),
                List.of("e1"),
                List.of("g2"),
                List.of("g0"),
                Optional.of("a1"),
                3,
                NOW,
                NOW);
        String form = "{\"v\":1,\"id\":\"g1\",\"name\":\"ops\",\"external\":true,\"metadata\":{\"k\":\"v\"},"
                + "\"policies\":[\"p1\"],\"entities\":[\"e1\"],\"groups\":[\"g2\"],\"parents\":[\"g0\"],"
                + "\"changes\":3,\"created\":\"" + NOW + "\",\"updated\":\"" + NOW + "\",\"alias\":\"a1\"}";
        assertThat(text(group.record())).isEqualTo(form);
        assertThat(Group.of(KEY, plain(form))).isEqualTo(group);
        assertThat(Group.of(KEY, group.withAlias(Optional.empty()).record()).alias())
                .isEmpty();
    }

    @Test
    void aNameStandsForAnIdSo() {
        assertThat(text(new Pointer("a1").record())).isEqualTo("{\"v\":1,\"id\":\"a1\"}");
        assertThat(Pointer.of(KEY, plain("{\"v\":1,\"id\":\"a1\"}"))).isEqualTo(new Pointer("a1"));
    }

    private static String text(Plaintext value) {
        return new String(value.bytes(), StandardCharsets.UTF_8);
    }

    private static Plaintext plain(String form) {
        return new Plaintext(form.getBytes(StandardCharsets.UTF_8));
    }
}
