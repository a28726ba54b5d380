// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.RandomIds;
import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.request.Credential;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.StorageKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The tokens of a vault, found by what clients send. It holds nothing: all is read through the
/// transaction, and what did not change is not parsed again.
///
/// A token is dead from the moment at which it ends, or at which one that it descends from is gone: whoever finds it
/// looks at all of them. Clearing away comes later and changes nothing.
public final class TokenStore {
    /// How a token of this vault begins.
    public static final String PREFIX = "hvs.";

    /// The length of a token made here, in characters.
    public static final int LENGTH = 28;

    /// The most tokens that one descends from.
    public static final int DEEPEST = 64;

    private static final int ACCESSOR_LENGTH = 24;

    /// A token and the name that it is stored under.
    ///
    /// @param id the keyed hash of its text: names what belongs to it and tells nobody the text; empty for a batch
    /// token
    public record Found(String id, Token token) {}

    /// What became of a token that was to be made.
    public sealed interface Outcome {
        /// @param credential its text, which from now on only the client has
        record Made(Credential credential, Found found) implements Outcome {}

        record Refused(String error) implements Outcome {}
    }

    /// Makes what the store needs to exist.
    public void create(BarrierWriter writer, SecureRandom random) {
        TokenHash.create(writer, random);
        BatchTokens.create(writer, random);
        EndedPaths.create(writer, Layout.ENDED);
    }

    /// A text for a new token: 142 random bits.
    public Credential newCredential(SecureRandom random) {
        return new Credential(PREFIX + RandomIds.base62(LENGTH - PREFIX.length(), random));
    }

    public String newAccessor(SecureRandom random) {
        return RandomIds.base62(ACCESSOR_LENGTH, random);
    }

    /// Stores a token that may do everything and never ends.
    public void createRoot(BarrierWriter writer, Credential credential, SecureRandom random, Instant now) {
        Token token = new Token(
                newAccessor(random),
                Token.Type.SERVICE,
                List.of(Token.ROOT_POLICY),
                Provenance.of("auth/token/root", "root"),
                Parent.NONE,
                Lifetime.forever(now),
                0,
                List.of());
        put(writer, TokenHash.of(writer, credential), token);
    }

    /// Makes a token. One with a parent is made in the transaction in which the parent was found, so it is never
    /// alive without it.
    public Outcome make(BarrierWriter writer, Token token, Credential credential, SecureRandom random) {
        if (depth(writer, token.parent()) > DEEPEST) {
            return new Outcome.Refused("a token descends from at most " + DEEPEST
                    + " others; create this one as an orphan, or from one that is nearer to the first");
        }
        if (token.parent() instanceof Parent.OfMount mount && !isOpen(writer, mount)) {
            return new Outcome.Refused("this login method is disabled");
        }
        return switch (token.type()) {
            case SERVICE -> service(writer, token, credential);
            case BATCH ->
                BatchTokens.seal(writer, token, random)
                        .<Outcome>map(text -> new Outcome.Made(text, new Found("", token)))
                        .orElseGet(() -> new Outcome.Refused("a batch token holds all that is known of it, and this is"
                                + " too much; give it less metadata or fewer policies"));
        };
    }

    private Outcome service(BarrierWriter writer, Token token, Credential credential) {
        String id = TokenHash.of(writer, credential);
        if (writer.get(Layout.IDS.key(id)).isPresent()
                || writer.get(Layout.GONE.key(id)).isPresent()) {
            return new Outcome.Refused("cannot create a token with a duplicate ID");
        }
        put(writer, id, token);
        return new Outcome.Made(credential, new Found(id, token));
    }

    /// The token of this text, if it lives.
    public Optional<Found> find(BarrierReader reader, Credential credential, Instant now) {
        Optional<Found> found = BatchTokens.isOne(credential)
                ? BatchTokens.open(reader, credential)
                : stored(reader, TokenHash.of(reader, credential));
        return found.filter(each -> lives(reader, each.token(), now)).map(each -> asItStands(reader, each));
    }

    /// As {@link #find}, by a stored name.
    public Optional<Found> findById(BarrierReader reader, String id, Instant now) {
        return stored(reader, id)
                .filter(each -> lives(reader, each.token(), now))
                .map(each -> asItStands(reader, each));
    }

    /// As {@link #find}, by a name that lets nobody in.
    public Optional<Found> findByAccessor(BarrierReader reader, String accessor, Instant now) {
        if (accessor.isEmpty() || !accessor.chars().allMatch(TokenStore::isBase62)) {
            return Optional.empty();
        }
        StorageKey key = Layout.ACCESSORS.key(accessor);
        return reader.get(key).flatMap(value -> findById(reader, Layout.accessedId(key, value), now));
    }

    /// Whose children are the accessors of all tokens, and of dead ones that are not cleared away yet.
    public Folder accessors() {
        return Layout.ACCESSORS;
    }

    /// Writes other things of a token that is there.
    public Found change(BarrierWriter writer, Found found, Token changed) {
        found.token().life().expires().ifPresent(end -> writer.delete(Layout.due(end, found.id())));
        changed.life().expires().ifPresent(end -> writer.put(Layout.due(end, found.id()), Layout.mark()));
        writer.put(Layout.IDS.key(found.id()), TokenRecord.write(changed));
        return new Found(found.id(), changed);
    }

    /// Counts one request of a token that is good for so many. Whoever takes the last use revokes the token when the
    /// request has run, in the same transaction.
    public Found use(BarrierWriter writer, Found found) {
        long left = found.token().uses() - 1;
        Token used = found.token().withUses(left == 0 ? Token.LAST_USE : left);
        writer.put(Layout.IDS.key(found.id()), TokenRecord.write(used));
        return new Found(found.id(), used);
    }

    /// Ends a token and everything that descends from it, however much that is.
    public void revoke(BarrierWriter writer, String id) {
        stored(writer, id).ifPresent(found -> Burial.of(writer, found, false));
    }

    /// Ends a token and lets its children live on by themselves.
    public void revokeAlone(BarrierWriter writer, String id) {
        stored(writer, id).ifPresent(found -> Burial.of(writer, found, true));
    }

    /// Lets a mount let in.
    public void open(BarrierWriter writer, Parent.OfMount mount) {
        writer.put(Layout.MOUNTS.key(mount.uuid()), Layout.mark());
    }

    /// Ends everything that a mount has let in, and lets it let in nobody any more.
    public void close(BarrierWriter writer, Parent.OfMount mount) {
        writer.delete(Layout.MOUNTS.key(mount.uuid()));
        writer.put(Layout.GONE.key(Layout.name(mount)), Layout.gone(false));
    }

    /// Ends all tokens with an end that an order covers.
    ///
    /// @return whether that was taken; if not, too much of the kind is still to be carried out
    public boolean endBelow(BarrierWriter writer, EndedPaths.Order order) {
        return EndedPaths.add(writer, Layout.ENDED, order);
    }

    static Optional<Found> stored(BarrierReader reader, String id) {
        return reader.cached(Layout.IDS.key(id), () -> load(reader, id));
    }

    /// As {@link #stored}, for what is on its way out: it does not drive what is used out of the cache.
    static Optional<Found> load(BarrierReader reader, String id) {
        StorageKey key = Layout.IDS.key(id);
        return reader.get(key).map(value -> new Found(id, TokenRecord.read(key, value)));
    }

    private static void put(BarrierWriter writer, String id, Token token) {
        writer.put(Layout.IDS.key(id), TokenRecord.write(token));
        writer.create(Layout.ACCESSORS.key(token.accessor()), Layout.accessor(id));
        token.life().expires().ifPresent(end -> writer.put(Layout.due(end, id), Layout.mark()));
        if (token.parent() != Parent.NONE) {
            writer.put(Layout.child(token.parent(), id), Layout.mark());
        }
    }

    private static boolean lives(BarrierReader reader, Token token, Instant now) {
        EndedPaths ended = EndedPaths.of(reader, Layout.ENDED);
        Token each = token;
        for (int depth = 0; depth <= DEEPEST + 1; depth++) {
            if (each.life().isOver(now) || isEnded(ended, each)) {
                return false;
            }
            switch (each.parent()) {
                case Parent.Nothing none -> {
                    return true;
                }
                case Parent.OfMount mount -> {
                    return isOpen(reader, mount);
                }
                case Parent.OfToken above -> {
                    Optional<Found> found = stored(reader, above.id());
                    if (found.isEmpty()) {
                        return each.type() == Token.Type.SERVICE && isSpared(reader, above);
                    }
                    each = found.get().token();
                }
            }
        }
        return false;
    }

    /// One whose maker has gone without it is an orphan, whether that is written down yet or not.
    private static Found asItStands(BarrierReader reader, Found found) {
        return found.token().parent() instanceof Parent.OfToken above
                        && stored(reader, above.id()).isEmpty()
                ? new Found(found.id(), found.token().orphaned())
                : found;
    }

    /// Whether a token is one of many that were ended by their path.
    static boolean isEnded(EndedPaths ended, Token token) {
        String maker = token.parent() instanceof Parent.OfMount mount ? mount.uuid() : "";
        return token.life().expires().isPresent()
                && ended.covering(token.provenance().path(), maker, token.life().created())
                        .isPresent();
    }

    private static boolean isOpen(BarrierReader reader, Parent.OfMount mount) {
        StorageKey key = Layout.MOUNTS.key(mount.uuid());
        return reader.cached(key, () -> reader.get(key).map(mark -> true)).isPresent();
    }

    /// Whether what made a token has gone without it. A batch token, which is written nowhere, always goes with it.
    private static boolean isSpared(BarrierReader reader, Parent parent) {
        StorageKey key = Layout.GONE.key(Layout.name(parent));
        return reader.get(key).filter(value -> Layout.spares(key, value)).isPresent();
    }

    /// How many tokens one with this parent descends from.
    private static int depth(BarrierReader reader, Parent parent) {
        int depth = 0;
        for (Parent each = parent; each instanceof Parent.OfToken above; depth++) {
            each = stored(reader, above.id())
                    .map(found -> found.token().parent())
                    .orElse(Parent.NONE);
        }
        return depth;
    }

    private static boolean isBase62(int c) {
        return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }
}
