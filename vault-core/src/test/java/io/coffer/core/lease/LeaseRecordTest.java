// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Golden;
import io.coffer.core.storage.Plaintext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseRecordTest {
    @Test
    void aLeaseIsReadAsItWasWritten() {
        String text = Golden.of("lease/lease.json").text();
        Lease lease = LeaseRecord.read(
                LeaseStore.IDS.key("kv/a/b/MARK"), new Plaintext(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(new String(LeaseRecord.write(lease).bytes(), StandardCharsets.UTF_8))
                .isEqualTo(text);
        assertThat(lease.path()).isEqualTo("kv/a/b");
        assertThat(lease.mark()).isEqualTo("MARK");
        assertThat(LeaseStore.moment(LeaseStore.due(lease))).isEqualTo(Instant.ofEpochMilli(61_000));
    }

    @Test
    void aNameInAnIndexStandsForItsLease() {
        assertThat(Golden.of("lease/pointer-1.json").holds(LeaseRecord::pointed, LeaseRecord::pointer))
                .isEqualTo("kv/a/b/MARK");
    }

    @Test
    void aLeaseThatWasNeverRenewedHasNoMomentOfIt() {
        String text = Golden.of("lease/lease.json").text().replace(",\"renewed\":2000", "");
        assertThat(new Golden(text).holds(LeaseRecord::read, LeaseRecord::write).renewed())
                .isEmpty();
    }
}
