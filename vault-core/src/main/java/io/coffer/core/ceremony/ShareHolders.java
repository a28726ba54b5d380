// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.Timestamps;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.seal.EncryptedShare;
import io.coffer.core.seal.Generation;
import io.coffer.core.seal.SealConfig;
import io.coffer.core.seal.SealRecord;
import io.coffer.core.seal.ShareId;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who holds which share, as far as the vault was told. It is known only inside the barrier; outside wait the
/// encrypted shares, by index.
public final class ShareHolders {
    private static final Folder FOLDER = Folder.of(Scope.SYSTEM).folder("share-holders");
    private static final int FORM = 1;

    private ShareHolders() {}

    /// What is known of a share's holder.
    ///
    /// @param name for people; empty if it is not known
    /// @param fingerprint of the key that the share was encrypted to; empty if it was handed out in clear
    /// @param checked when he last reported that his share is good
    public record Entry(String name, String fingerprint, Optional<Instant> checked) {
        static final Entry UNKNOWN = new Entry("", "", Optional.empty());

        Plaintext write() {
            Json.Builder record = Json.object().put("v", FORM).put("name", name).put("fingerprint", fingerprint);
            checked.ifPresent(date -> record.put("checked", Timestamps.format(date)));
            return new Plaintext(JsonText.write(record.build()));
        }

        static Entry read(StorageKey key, Plaintext value) {
            StoredRecord stored = StoredRecord.open(key, value, FORM);
            Entry read = new Entry(
                    stored.text("name"),
                    stored.text("fingerprint"),
                    stored.optionalText("checked").flatMap(Timestamps::parse));
            stored.end();
            return read;
        }
    }

    /// What is known of the holder of a share.
    public static Entry of(Reader<Plaintext> reader, ShareId share) {
        StorageKey key = key(share);
        return reader.get(key).map(value -> Entry.read(key, value)).orElse(Entry.UNKNOWN);
    }

    /// Keeps the date at which a holder has found his share good.
    public static void checked(Writer<Plaintext> writer, ShareId share, Instant date) {
        Entry known = of(writer, share);
        writer.put(key(share), new Entry(known.name(), known.fingerprint(), Optional.of(date)).write());
    }

    /// Writes down who gets the shares of a new set, and what waits for them.
    static void add(
            Generation set, RekeyPlan plan, List<Secret> messages, Writer<Ciphertext> records, BarrierWriter entries) {
        for (int i = 0; i < plan.holders().size(); i++) {
            RekeyPlan.Holder holder = plan.holders().get(i);
            ShareId share = set.ids().get(i);
            String fingerprint = holder.key().fingerprint();
            entries.put(key(share), new Entry(holder.name(), fingerprint, Optional.empty()).write());
            if (plan.delivery()) {
                String kind = holder.key().kind();
                byte[] message = messages.get(i).copy();
                records.put(EncryptedShare.key(share), new EncryptedShare(share, kind, fingerprint, message).encode());
            }
        }
    }

    /// Forgets the holders of every set that the other record has not any more, and what waits for them.
    static void forget(SealRecord now, SealRecord then, Writer<Ciphertext> records, BarrierWriter entries) {
        Set<Integer> gone = new HashSet<>();
        now.sets().forEach(set -> gone.add(set.number()));
        then.sets().forEach(set -> gone.remove(set.number()));
        for (int generation : gone) {
            Folder waiting = EncryptedShare.folder(generation);
            records.list(waiting, "", SealConfig.MAX_SHARES)
                    .items()
                    .forEach(index -> records.delete(waiting.key(index)));
            Folder known = folder(generation);
            entries.list(known, "", SealConfig.MAX_SHARES).items().forEach(index -> entries.delete(known.key(index)));
        }
    }

    private static Folder folder(int generation) {
        return FOLDER.folder(Integer.toString(generation));
    }

    private static StorageKey key(ShareId share) {
        return folder(share.generation()).key(Integer.toString(share.index()));
    }
}
