// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.engine.Golden;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.StoreId;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Every form in which a seal record was ever written, as a file: it must be read for ever.
class SealGoldenTest {
    private static byte[] golden(String file) {
        return HexFormat.of().parseHex(Golden.of("seal/" + file).text().replaceAll("\\s", ""));
    }

    private static SealRecord read(String file) {
        return SealRecordFormat.decode(new Ciphertext(golden(file)));
    }

    private static void assertSet(Generation set, int number, int shares, int threshold) {
        assertThat(set.number()).isEqualTo(number);
        assertThat(set.config()).isEqualTo(new SealConfig(shares, threshold));
    }

    @Test
    void versionOneHasOneSetAndThoseBefore() {
        SealRecord record = read("config-1.hex");
        assertThat(record.storeId()).isEqualTo(new StoreId(1, 2));
        assertSet(record.current(), 2, 4, 2);
        assertThat(record.pending()).isEmpty();
        assertThat(record.previous()).isEmpty();
        assertThat(record.former()).hasSize(1);
        assertThat(record.former().getFirst().generation()).isEqualTo(1);
        assertThat(SealRecordFormat.decode(SealRecordFormat.encode(record))).isEqualTo(record);
    }

    @Test
    void versionTwoIsWhatIsWritten() {
        SealRecord record = read("config-2.hex");
        assertThat(record.storeId()).isEqualTo(new StoreId(1, 2));
        assertSet(record.current(), 3, 1, 1);
        assertSet(record.pending().orElseThrow(), 4, 3, 2);
        assertSet(record.previous().orElseThrow(), 2, 2, 2);
        assertThat(record.former()).extracting(Commitments::generation).containsExactly(1);
        assertThat(SealRecordFormat.encode(record).bytes()).isEqualTo(golden("config-2.hex"));
    }

    @Test
    void anEncryptedShareIsReadAsItWasWritten() {
        EncryptedShare share = EncryptedShare.decode(new Ciphertext(golden("share-1.hex")));
        assertThat(share).isEqualTo(new EncryptedShare(new ShareId(3, 2), "age", "age1x", new byte[] {1, 2, 3}));
        assertThat(share.encode().bytes()).isEqualTo(golden("share-1.hex"));
    }
}
