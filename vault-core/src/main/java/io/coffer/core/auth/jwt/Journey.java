// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.jwt;

import io.coffer.core.RandomIds;
import io.coffer.core.crypto.Digest;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// Somebody who was sent to the issuer and is expected back, once, with the state that he was given.
///
/// Anybody may set out, so what is kept is bounded: one of {@link #SLOTS} slots for each. One who finds no free slot
/// takes the place of somebody else. So a flood makes logins fail now and then, and never fills the disk or shuts
/// everybody out. Nothing needs to be cleared away.
///
/// @param state the hash of the state
/// @param redirect where the issuer sends him back to
/// @param nonce what the token must hold
/// @param verifier what proves to the issuer that whoever comes with the code is who asked for it
/// @param clientNonce what the client must show again; empty for nothing
record Journey(
        String state, String role, String redirect, String nonce, String verifier, String clientNonce, Instant until) {
    static final int SLOTS = 1 << 16;
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int FORM = 1;
    private static final int DRAWS = 4;
    private static final int SLOT_DIGITS = 4;
    private static final int RANDOM_CHARACTERS = 43;

    /// One that begins.
    ///
    /// @param state which only he and the issuer see
    record Begun(String state, Journey journey) {
        static Begun of(String role, String redirect, String clientNonce, Instant now, SecureRandom random) {
            String state = RandomIds.base62(RANDOM_CHARACTERS, random);
            return new Begun(
                    state,
                    new Journey(
                            "",
                            role,
                            redirect,
                            RandomIds.base62(RANDOM_CHARACTERS, random),
                            RandomIds.base62(RANDOM_CHARACTERS, random),
                            clientNonce,
                            now.plus(LONGEST)));
        }

        /// Keeps it, and tells the whole state, which says where it lies.
        String save(Writer<Plaintext> writer, Folder mount, Instant now, SecureRandom random) {
            String slot = slot(random);
            for (int i = 1; i < DRAWS && taken(writer, mount, slot, now); i++) {
                slot = slot(random);
            }
            journey.named(hash(slot + state)).save(writer, folder(mount).key(slot));
            return slot + state;
        }

        private static String slot(SecureRandom random) {
            return HexFormat.of().toHexDigits(random.nextInt(SLOTS), SLOT_DIGITS);
        }

        private static boolean taken(Reader<Plaintext> reader, Folder mount, String slot, Instant now) {
            return at(reader, folder(mount).key(slot))
                    .filter(other -> now.isBefore(other.until()))
                    .isPresent();
        }

        @Override
        public String toString() {
            return "Begun";
        }
    }

    /// The one of a state, if he may still come back.
    static Optional<Journey> find(Reader<Plaintext> reader, Folder mount, String state, Instant now) {
        return key(mount, state)
                .flatMap(key -> at(reader, key))
                .filter(found -> now.isBefore(found.until()))
                .filter(found -> MessageDigest.isEqual(
                        found.state().getBytes(StandardCharsets.US_ASCII),
                        hash(state).getBytes(StandardCharsets.US_ASCII)));
    }

    /// Ends the one of a state, if it is this one.
    ///
    /// @return whether it was there still
    boolean end(Writer<Plaintext> writer, Folder mount, String of, Instant now) {
        boolean there = find(writer, mount, of, now).filter(this::equals).isPresent();
        if (there) {
            key(mount, of).ifPresent(writer::delete);
        }
        return there;
    }

    /// What the issuer is told of the verifier when he sets out.
    String challenge() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Digest.SHA2_256.of(verifier.getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public String toString() {
        return "Journey";
    }

    private Journey named(String hash) {
        return new Journey(hash, role, redirect, nonce, verifier, clientNonce, until);
    }

    private static Optional<StorageKey> key(Folder mount, String state) {
        return state.matches("[0-9a-f]{4}[0-9A-Za-z]{43}")
                ? Optional.of(folder(mount).key(state.substring(0, SLOT_DIGITS)))
                : Optional.empty();
    }

    private static Folder folder(Folder mount) {
        return mount.folder("journey");
    }

    private static String hash(String state) {
        return HexFormat.of().formatHex(Digest.SHA2_256.of(state.getBytes(StandardCharsets.UTF_8)));
    }

    private void save(Writer<Plaintext> writer, StorageKey key) {
        writer.put(
                key,
                new Plaintext(JsonText.write(Json.object()
                        .put("v", FORM)
                        .put("state", state)
                        .put("role", role)
                        .put("redirect", redirect)
                        .put("nonce", nonce)
                        .put("verifier", verifier)
                        .put("client_nonce", clientNonce)
                        .put("until", until.toEpochMilli())
                        .build())));
    }

    private static Optional<Journey> at(Reader<Plaintext> reader, StorageKey key) {
        return reader.get(key).map(value -> {
            StoredRecord stored = StoredRecord.open(key, value, FORM);
            Journey journey = new Journey(
                    stored.text("state"),
                    stored.text("role"),
                    stored.text("redirect"),
                    stored.text("nonce"),
                    stored.text("verifier"),
                    stored.text("client_nonce"),
                    Instant.ofEpochMilli(stored.number("until")));
            stored.end();
            return journey;
        });
    }
}
