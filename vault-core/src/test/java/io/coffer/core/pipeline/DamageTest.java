// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Event;
import io.coffer.core.TestVault;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Ciphertext;
import io.coffer.core.storage.DamagedDisk;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Raw;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a request answers that meets damage: the case and the next step to the client, the name of the record to the
/// observer alone.
class DamageTest {
    private static final String LOOK = ". An operator finds what it is in the daemon's log under request"
            + " 00000000-0000-4000-8000-000000000000; `coffer operator verify` tells whether there is more";
    private static final Response DAMAGED =
            new Response.Failed("internal error: something that this vault stored is damaged" + LOOK);
    private static final Response UNCHANGED = new Response.Failed(
            "internal error: something that this vault stored is damaged, and nothing was changed" + LOOK);

    private final DamagedDisk disk = new DamagedDisk(new MemoryDisk());
    private final TestVault vault = TestVault.open(TestVault.Setup.over(disk), 1, 1);

    @BeforeEach
    void fill() {
        vault.write("sys/mounts/kv", "{\"type\":\"kv\"}");
        vault.write("kv/a", "{\"v\":\"1\"}");
        vault.write("kv/b", "{\"v\":\"2\"}");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private StorageKey key(String name) {
        Scope scope = vault.look(
                reader -> vault.mounts().read(reader).at("kv/").orElseThrow().scope());
        return new StorageKey(scope, "v1/" + name);
    }

    private byte[] stored(StorageKey key) {
        return vault.committer()
                .read(reader -> reader.get(key).orElseThrow().bytes().clone());
    }

    /// In the nonce: what is kept in memory of a record is known by it.
    private void bend(StorageKey key) {
        byte[] bent = stored(key);
        bent[Ciphertext.HEADER_BYTES] ^= 1;
        Raw.put(vault.committer(), key, bent);
    }

    /// What the observer was told that requests have met.
    private List<String> met() {
        assertThat(vault.events()).noneMatch(Event.RequestCrashed.class::isInstance);
        return vault.events().stream()
                .filter(Event.DamageMet.class::isInstance)
                .map(event -> String.valueOf(((Event.DamageMet) event).damage().getMessage()))
                .toList();
    }

    @Test
    void whoReadsAValueThatDoesNotOpenIsToldSoAndWhatToDoButNotItsName() {
        bend(key("a"));
        assertThat(vault.read("kv/a")).isEqualTo(UNCHANGED);
        assertThat(met()).containsExactly("the value of " + key("a") + " does not open: it was changed or moved");
        assertThat(vault.read("kv/b")).isInstanceOf(Response.Ok.class);
    }

    @Test
    void aDamagedFileIsToldInTheSameWay() {
        disk.damage(key("a"));
        assertThat(vault.read("kv/a")).isEqualTo(UNCHANGED);
        assertThat(met()).containsExactly(DamagedDisk.MESSAGE);
    }

    /// The token of two uses still has them, which the same transaction takes.
    @Test
    void aWriteThatMeetsDamageHasChangedNothing() {
        Response made = vault.write("auth/token/create", "{\"num_uses\":2,\"policies\":[\"root\"]}");
        Credential token = ((Response.Authenticated) made).auth().credential().orElseThrow();
        byte[] before = stored(key("a"));
        disk.damage(key("a"));
        assertThat(as(token, Operation.READ, "kv/a")).isEqualTo(UNCHANGED);
        disk.repair();
        assertThat(stored(key("a"))).isEqualTo(before);
        assertThat(as(token, Operation.READ, "kv/a")).isInstanceOf(Response.Ok.class);
        assertThat(as(token, Operation.READ, "kv/a")).isInstanceOf(Response.Ok.class);
        assertThat(as(token, Operation.READ, "kv/a")).isInstanceOf(Response.Denied.class);
    }

    private Response as(Credential token, Operation operation, String path) {
        return vault.handle(vault.request(operation, path, "", Optional.of(token)));
    }

    @Test
    void whoseTokenIsDamagedLearnsNotUnderWhichHashItLies() {
        List<StorageKey> records = vault.look(
                reader -> reader.scan(Folder.of(Scope.TOKENS), "", 100).items());
        records.stream().filter(key -> key.path().startsWith("id/")).forEach(this::bend);
        assertThat(vault.read("kv/a")).isEqualTo(DAMAGED);
        assertThat(met()).hasSize(1).first().asString().contains("tokens:id/");
    }

    @Test
    void anUnsealThatMeetsADamagedKeyringSaysNothingOfWhatWasChanged() {
        vault.vault().seal();
        StorageKey keyring = new StorageKey(Scope.KEYRING, "keys");
        byte[] bent = stored(keyring);
        bent[0] ^= 4;
        Raw.put(vault.committer(), keyring, bent);
        String share = HexFormat.of().formatHex(vault.share(1).copy());
        assertThat(vault.write("sys/unseal", "{\"key\":\"" + share + "\"}")).isEqualTo(DAMAGED);
        assertThat(met()).containsExactly("the keyring of keys is no record of a format known here");
    }

    @Test
    void aRecordOfAnotherFormIsDamageAndNoValueOfItIsTold() {
        vault.change(writer -> {
            writer.put(new StorageKey(Scope.SYSTEM, "mount-table"), plain("another one"));
            writer.put(new StorageKey(Scope.SYSTEM, "mounts/bent"), plain("canary"));
        });
        assertThat(vault.read("nowhere/a")).isEqualTo(DAMAGED);
        assertThat(met()).hasSize(1).first().asString().contains("mounts/bent").doesNotContain("canary");
    }

    private static Plaintext plain(String text) {
        return new Plaintext(text.getBytes(StandardCharsets.UTF_8));
    }
}
