// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.RandomIds;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.request.Credential;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.StorageKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The tokens of a vault, found by what clients send. It holds nothing: all is read through the
/// transaction, and what did not change is not parsed again.
public final class TokenStore {
    /// How a token of this vault begins.
    public static final String PREFIX = "hvs.";

    /// The length of a token made here, in characters.
    public static final int LENGTH = 28;

    private static final int ACCESSOR_LENGTH = 24;
    private static final Folder IDS = Folder.of(Scope.TOKENS).folder("id");

    /// A token and the name that it is stored under.
    ///
    /// @param id the keyed hash of its text: names what belongs to it and tells nobody the text
    public record Found(String id, Token token) {}

    /// Makes what the store needs to exist.
    public void create(BarrierWriter writer, SecureRandom random) {
        TokenHash.create(writer, random);
    }

    /// A text for a new token: 142 random bits.
    public Credential newCredential(SecureRandom random) {
        return new Credential(PREFIX + RandomIds.base62(LENGTH - PREFIX.length(), random));
    }

    /// Stores a token that may do everything and never ends.
    public void createRoot(BarrierWriter writer, Credential credential, SecureRandom random, Instant now) {
        Token token = new Token(
                RandomIds.base62(ACCESSOR_LENGTH, random), List.of(Token.ROOT_POLICY), "auth/token/root", "root", now);
        writer.put(IDS.key(TokenHash.of(writer, credential)), token.record());
    }

    public Optional<Found> find(BarrierReader reader, Credential credential) {
        String id = TokenHash.of(reader, credential);
        StorageKey key = IDS.key(id);
        return reader.cached(key, () -> reader.get(key).map(value -> new Found(id, Token.of(key, value))));
    }
}
