// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    @Test
    void distanceCountsSlipsOfTheFinger() {
        assertThat(Suggestion.distance("", "")).isZero();
        assertThat(Suggestion.distance("abc", "abc")).isZero();
        assertThat(Suggestion.distance("abc", "ab")).isEqualTo(1);
        assertThat(Suggestion.distance("ab", "abc")).isEqualTo(1);
        assertThat(Suggestion.distance("abc", "axc")).isEqualTo(1);
        assertThat(Suggestion.distance("abc", "acb")).isEqualTo(1);
        assertThat(Suggestion.distance("abc", "xyz")).isEqualTo(3);
        assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
    }

    @Test
    void onlyWhatIsNearIsSuggested() {
        List<String> known = List.of("storage", "listener", "log_level", "ui", "plugin_*");
        assertThat(Suggestion.of("storrage", known)).isEqualTo("; did you mean `storage`?");
        assertThat(Suggestion.of("listner", known)).contains("listener");
        assertThat(Suggestion.of("xi", known)).isEmpty();
        assertThat(Suggestion.of("nonsense", known)).isEmpty();
        assertThat(Suggestion.of("plugin_x", known)).isEmpty();
        assertThat(Suggestion.of("s".repeat(10_000), known)).isEmpty();
    }
}
