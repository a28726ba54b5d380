// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coffer.core.CorruptedException;
import io.coffer.core.engine.Golden;
import io.coffer.core.seal.ShareId;
import io.coffer.core.storage.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Every form in which a record of a ceremony was ever written.
class CeremonyRecordTest {
    private static PendingRekey pending(String file) {
        return Golden.of("ceremony/" + file).holds(PendingRekey::read, PendingRekey::write);
    }

    @Test
    void aPendingRekeyKnowsWhoBeganIt() {
        PendingRekey byToken = pending("pending-token-1.json");
        assertThat(byToken.starter()).isEqualTo(new Starter.ByToken("a1b2", "root"));
        assertThat(byToken.backup()).isTrue();
        assertThat(byToken.all()).isFalse();
        assertThat(byToken.fingerprints()).containsExactly("f1", "f2");
        assertThat(pending("pending-share-1.json").starter()).isEqualTo(new Starter.ByShare(new ShareId(3, 2)));
        assertThat(pending("pending-anybody-1.json").starter()).isEqualTo(new Starter.Anybody("192.0.2.7"));
    }

    @Test
    void aStarterOfAnotherKindIsDamage() {
        String bent = Golden.of("ceremony/pending-anybody-1.json").text().replace("anybody", "nobody");
        assertThatThrownBy(() -> new Golden(bent).holds(PendingRekey::read, PendingRekey::write))
                .isInstanceOf(CorruptedException.class);
    }

    @Test
    void aBackupHasAMessageForEachKey() {
        ShareBackup backup = Golden.of("ceremony/backup-1.json").holds(ShareBackup::read, ShareBackup::write);
        assertThat(backup.shares())
                .isEqualTo(List.of(new ShareBackup.Kept("f1", "AAEC"), new ShareBackup.Kept("f2", "AwQF")));
        String bent = backup.shares().isEmpty()
                ? ""
                : Golden.of("ceremony/backup-1.json").text();
        assertThatThrownBy(() -> new Golden(bent.replace(",\"AwQF\"", "")).holds(ShareBackup::read, ShareBackup::write))
                .isInstanceOf(CorruptedException.class);
    }

    @Test
    void aHolderHasADateOnceHeHasLooked() {
        ShareHolders.Entry fresh =
                Golden.of("ceremony/holder-1.json").holds(ShareHolders.Entry::read, ShareHolders.Entry::write);
        assertThat(fresh).isEqualTo(new ShareHolders.Entry("ana", "age1x", java.util.Optional.empty()));
        assertThat(ShareHolders.Entry.read(
                                io.coffer.core.ceremony.RotationRecord.KEY,
                                new io.coffer.core.storage.Plaintext(Golden.of("ceremony/holder-checked-1.json")
                                        .text()
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                        .checked())
                .contains(Instant.parse("2026-11-26T12:00:00Z"));
    }

    @Test
    void aRotationKnowsHowFarItCame() {
        RotationRecord rotation =
                Golden.of("ceremony/rotation-1.json").holds(RotationRecord::read, RotationRecord::write);
        assertThat(rotation)
                .isEqualTo(new RotationRecord(
                        Instant.parse("2026-11-26T12:00:00.123456789Z"), "leases", 3, Optional.empty()));
        RotationRecord full =
                Golden.of("ceremony/rotation-1-full.json").holds(RotationRecord::read, RotationRecord::write);
        assertThat(full.full()).contains(Scope.IDENTITY);
    }
}
