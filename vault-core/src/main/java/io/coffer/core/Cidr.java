// SPDX-License-Identifier: Apache-2.0
package io.coffer.core;

import java.util.Optional;

/// A block of IP addresses, or one address. An IPv4 address is the same as its form inside of IPv6
/// (`::ffff:10.0.0.1`), so it does not matter which of them a socket reports.
///
/// Text only: no name is ever resolved.
///
/// @param text as it was given
/// @param high the first eight bytes of the block's address
/// @param low the last eight bytes
/// @param bits how many leading bits an address shares with the block, 0 to 128
public record Cidr(String text, long high, long low, int bits) {
    /// Longer than every address with a length of prefix.
    private static final int LONGEST = 50;

    private static final int IPV4_IN_IPV6 = 96;
    private static final long IPV4_MARK = 0xffff_0000_0000L;

    /// The block that the text names: an address, or an address, '/' and the number of its leading bits.
    public static Optional<Cidr> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean ipv4 = address.indexOf(':') < 0;
        int longest = ipv4 ? 32 : 128;
        int given = slash < 0 ? longest : number(text.substring(slash + 1), 10, longest);
        int bits = ipv4 ? IPV4_IN_IPV6 + given : given;
        return given < 0 ? Optional.empty() : words(address).map(words -> new Cidr(text, words[0], words[1], bits));
    }

    /// Whether the text is an address in this block.
    public boolean contains(String address) {
        return address.length() <= LONGEST
                && words(address)
                        .filter(words -> within(words[0], words[1], bits))
                        .isPresent();
    }

    /// Whether every address of the other block is in this one.
    public boolean contains(Cidr other) {
        return other.bits >= bits && within(other.high, other.low, bits);
    }

    private boolean within(long otherHigh, long otherLow, int leading) {
        return ((high ^ otherHigh) & mask(leading)) == 0 && ((low ^ otherLow) & mask(leading - 64)) == 0;
    }

    private static long mask(int leading) {
        return leading <= 0 ? 0 : leading >= 64 ? -1 : -1L << 64 - leading;
    }

    /// The two halves of an address.
    private static Optional<long[]> words(String address) {
        if (address.indexOf(':') < 0) {
            return ipv4(address).map(number -> new long[] {0, IPV4_MARK | number});
        }
        int gap = address.indexOf("::");
        if (gap < 0) {
            return groups(address).filter(groups -> groups.length == 8).map(Cidr::joined);
        }
        Optional<int[]> before = groups(address.substring(0, gap));
        Optional<int[]> after = groups(address.substring(gap + 2));
        if (before.isEmpty() || after.isEmpty() || before.get().length + after.get().length > 7) {
            return Optional.empty();
        }
        int[] all = new int[8];
        System.arraycopy(before.get(), 0, all, 0, before.get().length);
        System.arraycopy(after.get(), 0, all, 8 - after.get().length, after.get().length);
        return Optional.of(joined(all));
    }

    private static long[] joined(int[] groups) {
        long[] words = new long[2];
        for (int i = 0; i < 8; i++) {
            words[i / 4] = words[i / 4] << 16 | groups[i];
        }
        return words;
    }

    /// Groups of hex digits with a ':' between them; the last two may be an IPv4 address.
    private static Optional<int[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new int[0]);
        }
        String[] parts = text.split(":", -1);
        boolean mixed = parts[parts.length - 1].indexOf('.') >= 0;
        int[] groups = new int[parts.length + (mixed ? 1 : 0)];
        for (int i = 0; i < parts.length - (mixed ? 1 : 0); i++) {
            groups[i] = number(parts[i], 16, 0xffff);
            if (groups[i] < 0) {
                return Optional.empty();
            }
        }
        if (mixed) {
            Optional<Long> last = ipv4(parts[parts.length - 1]);
            if (last.isEmpty()) {
                return Optional.empty();
            }
            groups[groups.length - 2] = (int) (last.get() >>> 16);
            groups[groups.length - 1] = (int) (last.get() & 0xffff);
        }
        return Optional.of(groups);
    }

    private static Optional<Long> ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        long number = 0;
        for (String part : parts) {
            int value = number(part, 10, 255);
            if (value < 0 || parts.length != 4) {
                return Optional.empty();
            }
            number = number << 8 | value;
        }
        return Optional.of(number);
    }

    /// A number of at most four digits without zeros before it in decimal; -1 if it is none or too large.
    private static int number(String text, int radix, int most) {
        boolean digits = !text.isEmpty()
                && text.length() <= 4
                && text.chars().allMatch(c -> c < 0x80 && Character.digit(c, radix) >= 0)
                && (radix != 10 || text.length() == 1 || text.charAt(0) != '0');
        int value = digits ? Integer.parseInt(text, radix) : -1;
        return value <= most ? value : -1;
    }

    @Override
    public String toString() {
        return text;
    }
}
