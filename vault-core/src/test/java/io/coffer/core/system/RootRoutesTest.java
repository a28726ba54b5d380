// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.ceremony.Asking;
import io.coffer.core.request.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootRoutesTest {
    private final TestVault vault = TestVault.open();

    private Response offer(String path, String key) {
        String nonce = Asking.text(Asking.data(vault.read(path + "attempt")), "nonce");
        return vault.write(path + "update", "{\"key\":\"" + key + "\",\"nonce\":\"" + nonce + "\"}");
    }

    @Test
    void blanksAroundAShareAreLeftOutInTheNewerFormAndNowhereElse() {
        vault.write("sys/generate-root/attempt", "");
        for (String blank : List.of(" ", "\\n", "\\r\\n", "\\t")) {
            String before = blank + Asking.hex(vault.share(1));
            String after = Asking.hex(vault.share(2)) + blank;
            for (String share : List.of(before, after)) {
                assertThat(Asking.refusal(offer("sys/generate-root/", share)))
                        .isEqualTo("'key' must be a valid hex or base64 string");
            }
        }
        assertThat(TestVault.text(offer("sys/generate-root-token/", " " + Asking.hex(vault.share(1)) + "\\n")))
                .contains("\"progress\":1");
        assertThat(TestVault.text(offer("sys/generate-root-token/", "\\t" + Asking.hex(vault.share(2)))))
                .contains("\"progress\":2");
        assertThat(Asking.refusal(offer("sys/generate-root-token/", " ")))
                .isEqualTo("'key' must be a valid hex or base64 string");
    }
}
