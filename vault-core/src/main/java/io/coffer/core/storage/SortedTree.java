// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.Arrays;
import java.util.Optional;

/// A sorted map of bytes that never changes: a change gives a new one that shares all but its path, so
/// a snapshot costs nothing.
///
/// A treap whose priorities come from the keys, so the same pairs make the same tree, some 2·ln n deep.
@SuppressWarnings("ClassInitializationDeadlock") // nothing but EMPTY ever makes a Leaf, so none is initialized first
sealed interface SortedTree {
    /// The tree with nothing in it.
    record Leaf() implements SortedTree {
        static final SortedTree EMPTY = new Leaf();
    }

    record Node(byte[] key, byte[] value, SortedTree less, SortedTree more) implements SortedTree {
        private Node withLess(SortedTree tree) {
            return new Node(key, value, tree, more);
        }

        private Node withMore(SortedTree tree) {
            return new Node(key, value, less, tree);
        }
    }

    /// Two halves of a tree: what is less than a key, and the rest.
    record Halves(SortedTree less, SortedTree rest) {}

    default SortedTree put(byte[] key, byte[] value) {
        return switch (this) {
            case Leaf leaf -> new Node(key, value, Leaf.EMPTY, Leaf.EMPTY);
            case Node node -> {
                int order = Arrays.compareUnsigned(key, node.key);
                if (order == 0) {
                    yield new Node(key, value, node.less, node.more);
                }
                if (above(key, node.key)) {
                    SortedTree others = remove(key, successor(key));
                    Halves halves = others.split(key);
                    yield new Node(key, value, halves.less, halves.rest);
                }
                yield order < 0 ? node.withLess(node.less.put(key, value)) : node.withMore(node.more.put(key, value));
            }
        };
    }

    /// Without the pairs from a key (inclusive) to another (exclusive).
    default SortedTree remove(byte[] from, byte[] to) {
        if (Arrays.compareUnsigned(from, to) >= 0) {
            return this;
        }
        Halves low = split(from);
        return join(low.less, low.rest.split(to).rest);
    }

    default Halves split(byte[] key) {
        return switch (this) {
            case Leaf leaf -> new Halves(Leaf.EMPTY, Leaf.EMPTY);
            case Node node -> {
                if (Arrays.compareUnsigned(node.key, key) < 0) {
                    Halves halves = node.more.split(key);
                    yield new Halves(node.withMore(halves.less), halves.rest);
                }
                Halves halves = node.less.split(key);
                yield new Halves(halves.less, node.withLess(halves.rest));
            }
        };
    }

    /// The first pair at or after a key.
    default Optional<Node> ceiling(byte[] key) {
        Optional<Node> best = Optional.empty();
        SortedTree tree = this;
        while (tree instanceof Node node) {
            if (Arrays.compareUnsigned(node.key, key) >= 0) {
                best = Optional.of(node);
                tree = node.less;
            } else {
                tree = node.more;
            }
        }
        return best;
    }

    default Optional<byte[]> get(byte[] key) {
        SortedTree tree = this;
        while (tree instanceof Node node) {
            int order = Arrays.compareUnsigned(key, node.key);
            if (order == 0) {
                return Optional.of(node.value);
            }
            tree = order < 0 ? node.less : node.more;
        }
        return Optional.empty();
    }

    /// The first possible key after this one.
    static byte[] successor(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private static SortedTree join(SortedTree less, SortedTree more) {
        if (!(less instanceof Node low)) {
            return more;
        }
        if (!(more instanceof Node high)) {
            return less;
        }
        return above(low.key, high.key) ? low.withMore(join(low.more, high)) : high.withLess(join(low, high.less));
    }

    private static boolean above(byte[] key, byte[] other) {
        int mine = priority(key);
        int others = priority(other);
        return mine != others ? mine > others : Arrays.compareUnsigned(key, other) > 0;
    }

    private static int priority(byte[] key) {
        int mixed = Arrays.hashCode(key) * 0x9E37_79B9;
        return (mixed ^ mixed >>> 15) * 0x85EB_CA6B;
    }
}
