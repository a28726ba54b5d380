// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.keyring;

import io.coffer.core.crypto.AeadKey;
import io.coffer.core.crypto.Algorithm;
import io.coffer.core.secret.Secret;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The keys of one scope, immutable: the primary term encrypts, every term that is not destroyed decrypts.
///
/// A changed keyring shares the keys of the one it came from, so keys have an owner beside it: whoever made
/// or decoded them closes them with {@link #close}, once.
public final class Keyring implements AutoCloseable {
    /// The most terms of a keyring, tombstones included: one a day for 27 years. The whole of it is one record.
    public static final int MAX_TERMS = 10_000;

    private final Map<KeyTerm, TermInfo> terms;
    private final Map<KeyTerm, DataKey> keys;
    private final KeyTerm primary;

    Keyring(Map<KeyTerm, TermInfo> terms, Map<KeyTerm, DataKey> keys) {
        this.terms = new TreeMap<>(terms);
        this.keys = new TreeMap<>(keys);
        this.primary = onlyPrimary(this.terms);
        if (terms.size() > MAX_TERMS) {
            throw new IllegalArgumentException("a keyring has at most " + MAX_TERMS + " terms");
        }
        for (TermInfo info : this.terms.values()) {
            if ((info.status() == KeyStatus.DESTROYED) == this.keys.containsKey(info.term())) {
                throw new IllegalArgumentException("term " + info.term() + " and its key do not fit together");
            }
        }
    }

    /// A keyring of one new key.
    public static Keyring create(Algorithm algorithm, SecureRandom random, Instant now) {
        TermInfo first = new TermInfo(KeyTerm.FIRST, algorithm, KeyStatus.PRIMARY, now);
        return new Keyring(Map.of(first.term(), first), Map.of(first.term(), DataKey.random(algorithm, random)));
    }

    /// One with a new key as its primary; the former primary is deprecated. The new key is the only one
    /// that this made.
    public Keyring rotate(Algorithm algorithm, SecureRandom random, Instant now) {
        TermInfo added = new TermInfo(last().next(), algorithm, KeyStatus.PRIMARY, now);
        Map<KeyTerm, TermInfo> newTerms = new TreeMap<>(terms);
        newTerms.put(primary, primaryInfo().with(KeyStatus.DEPRECATED));
        newTerms.put(added.term(), added);
        Map<KeyTerm, DataKey> newKeys = new TreeMap<>(keys);
        newKeys.put(added.term(), DataKey.random(algorithm, random));
        return new Keyring(newTerms, newKeys);
    }

    /// One whose primary is a term that was available; the former primary is deprecated.
    ///
    /// @throws IllegalArgumentException if the term is not available
    public Keyring activate(KeyTerm term) {
        TermInfo info = terms.get(term);
        if (info == null || info.status() != KeyStatus.AVAILABLE) {
            throw new IllegalArgumentException("term " + term + " is not available");
        }
        Map<KeyTerm, TermInfo> newTerms = new TreeMap<>(terms);
        newTerms.put(primary, primaryInfo().with(KeyStatus.DEPRECATED));
        newTerms.put(term, info.with(KeyStatus.PRIMARY));
        return new Keyring(newTerms, keys);
    }

    /// One with a further key that decrypts and may become the primary. The key is the only one that this made.
    ///
    /// @param bytes taken over: the array holds zeros afterwards
    public Keyring add(byte[] bytes, Algorithm algorithm, Instant now) {
        TermInfo added = new TermInfo(last().next(), algorithm, KeyStatus.AVAILABLE, now);
        Map<KeyTerm, TermInfo> newTerms = new TreeMap<>(terms);
        newTerms.put(added.term(), added);
        Map<KeyTerm, DataKey> newKeys = new TreeMap<>(keys);
        newKeys.put(added.term(), DataKey.takeFrom(bytes, algorithm));
        return new Keyring(newTerms, newKeys);
    }

    /// The term that has this very key, if one that is not destroyed has it.
    public Optional<KeyTerm> termOf(Secret key) {
        return keys.entrySet().stream()
                .filter(each -> each.getValue().secret().sameAs(key))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// Whether no term can be added any more.
    public boolean isFull() {
        return terms.size() == MAX_TERMS;
    }

    /// One in which a term that might have become the primary only decrypts any more; this one, if it does
    /// so already.
    ///
    /// @throws IllegalArgumentException if the term is the primary, destroyed, or none of this keyring
    public Keyring deprecate(KeyTerm term) {
        TermInfo info = retired(term);
        return info.status() == KeyStatus.DEPRECATED
                ? this
                : new Keyring(replaced(info.with(KeyStatus.DEPRECATED)), keys);
    }

    /// One without the key of a term.
    ///
    /// @throws IllegalArgumentException if the term is the primary, destroyed, or none of this keyring
    public Keyring destroy(KeyTerm term) {
        Map<KeyTerm, DataKey> newKeys = new TreeMap<>(keys);
        newKeys.remove(term);
        return new Keyring(replaced(retired(term).with(KeyStatus.DESTROYED)), newKeys);
    }

    private TermInfo retired(KeyTerm term) {
        if (term.equals(primary) || !keys.containsKey(term)) {
            throw new IllegalArgumentException("term " + term + " is the primary, or has no key");
        }
        return info(term);
    }

    private Map<KeyTerm, TermInfo> replaced(TermInfo info) {
        Map<KeyTerm, TermInfo> newTerms = new TreeMap<>(terms);
        newTerms.put(info.term(), info);
        return newTerms;
    }

    /// One whose other terms are all destroyed; this one, if there is none.
    public Keyring onlyPrimary() {
        if (keys.size() == 1) {
            return this;
        }
        Map<KeyTerm, TermInfo> newTerms = new TreeMap<>(terms);
        newTerms.replaceAll((term, info) -> term.equals(primary) ? info : info.with(KeyStatus.DESTROYED));
        return new Keyring(newTerms, Map.of(primary, key(primary).orElseThrow()));
    }

    public KeyTerm primary() {
        return primary;
    }

    public TermInfo primaryInfo() {
        return info(primary);
    }

    /// The key that new values are encrypted under.
    public AeadKey primaryKey() {
        return key(primary).orElseThrow().aead();
    }

    /// The key of a term, unless it never was or is destroyed.
    public Optional<DataKey> key(KeyTerm term) {
        return Optional.ofNullable(keys.get(term));
    }

    /// All terms in their order, destroyed ones too.
    public List<TermInfo> terms() {
        return new ArrayList<>(terms.values());
    }

    /// Closes the keys; a keyring that shares them is closed with it.
    @Override
    public void close() {
        keys.values().forEach(DataKey::close);
    }

    @Override
    public String toString() {
        return "Keyring[" + terms.size() + " terms, primary " + primary + "]";
    }

    private TermInfo info(KeyTerm term) {
        return Optional.ofNullable(terms.get(term)).orElseThrow();
    }

    private KeyTerm last() {
        KeyTerm last = primary;
        for (KeyTerm term : terms.keySet()) {
            last = term.compareTo(last) > 0 ? term : last;
        }
        return last;
    }

    private static KeyTerm onlyPrimary(Map<KeyTerm, TermInfo> terms) {
        KeyTerm found = null;
        for (TermInfo info : terms.values()) {
            if (info.status() == KeyStatus.PRIMARY) {
                if (found != null) {
                    throw new IllegalArgumentException("a keyring has one primary term, not two");
                }
                found = info.term();
            }
        }
        if (found == null) {
            throw new IllegalArgumentException("a keyring has a primary term");
        }
        return found;
    }

    /// A copy of the key's bytes for whoever writes the keyring down or wraps the key, who zeroes it.
    public byte[] keyBytes(KeyTerm term) {
        return key(term).map(DataKey::secret).map(Secret::copy).orElseGet(() -> new byte[0]);
    }
}
