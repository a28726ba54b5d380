// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.engine.Golden;
import io.coffer.core.storage.Plaintext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenRecordTest {
    @Test
    void aTokenIsReadAsItWasWritten() {
        String text = Golden.of("token/token.json").text();
        Token token = read(text);
        assertThat(new String(TokenRecord.write(token).bytes(), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(token.parent()).isEqualTo(new Parent.OfMount("11111111-2222-3333-4444-555555555555"));
        assertThat(token.provenance().metadata()).contains(Map.of("a", "é", "b", ""));
        assertThat(token.life().expires()).contains(Instant.ofEpochMilli(1_802_000));
        assertThat(token.admits("10.1.2.3")).isTrue();
        assertThat(token.admits("11.1.2.3")).isFalse();
    }

    @Test
    void aRootTokenHasNoEndAndNoMetadata() {
        Token root = Golden.of("token/root.json").holds(TokenRecord::read, TokenRecord::write);
        assertThat(root.life().expires()).isEmpty();
        assertThat(root.provenance().metadata()).isEqualTo(Optional.empty());
        assertThat(root.isOrphan()).isTrue();
    }

    @Test
    void anotherFormIsRefusedByName() {
        String text = Golden.of("token/token.json").text();
        for (String bent : new String[] {
            text.replace("\"v\":1", "\"v\":2"),
            text.replace("\"uses\":3", "\"uses\":\"3\""),
            text.replace("\"bound\":[\"10.0.0.0/8\"", "\"bound\":[\"10.0.0.0/80\""),
            text.replace("\"login\":{\"user\":\"bob\"}", "\"login\":{\"user\":1}"),
            text.replace("\"entity\"", "\"entities\""),
            text.substring(1)
        }) {
            assertThatThrownBy(() -> read(bent)).as(bent).isInstanceOf(CorruptedException.class);
        }
    }

    @Test
    void pathsThatWereEndedAreReadAsTheyWereWritten() {
        EndedPaths ended = Golden.of("token/ended.json").holds(EndedPaths::read, EndedPaths::record);
        assertThat(ended.covering("auth/userpass/login/bob", "", Instant.ofEpochMilli(1000)))
                .isPresent();
        assertThat(ended.covering("auth/userpass/login/bob", "", Instant.ofEpochMilli(1001)))
                .isEmpty();
        assertThat(ended.covering("auth/userpass", "", Instant.EPOCH)).isPresent();
        assertThat(ended.covering("auth/userpass2", "", Instant.EPOCH)).isEmpty();
    }

    @Test
    void whatWasEndedForOneMountIsEndedForNoOther() {
        EndedPaths ended = Golden.of("token/ended-2.json").holds(EndedPaths::read, EndedPaths::record);
        assertThat(ended.covering("old/a", "u1", Instant.EPOCH)).isPresent();
        assertThat(ended.covering("old/a", "u2", Instant.EPOCH)).isEmpty();
        assertThat(ended.covering("kv/a", "u2", Instant.EPOCH)).isPresent();
        assertThat(ended.covering("kv/a", "u1", Instant.ofEpochMilli(2000))).isEmpty();
    }

    @Test
    void theIndexAndTheGravestonesOfTokensAreReadAsTheyWereWritten() {
        assertThat(Golden.of("token/accessor-1.json").holds(Layout::accessedId, Layout::accessor))
                .isEqualTo("0f");
        assertThat(Golden.of("token/gone-1.json").holds(Layout::spares, Layout::gone))
                .isTrue();
    }

    private static Token read(String text) {
        return TokenRecord.read(Layout.IDS.key("golden"), new Plaintext(text.getBytes(StandardCharsets.UTF_8)));
    }
}
