// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.password;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Draws passwords that keep the rules, each as likely as every other.
///
/// First at random from all characters, until one keeps the rules: that is uniform, and quick where many do. Where
/// few do, good passwords are counted from the end, and each character is drawn by how many ways lead on from it
/// ({@link PasswordCount}). Both are bounded.
public final class PasswordGenerator {
    /// So many draws tell that good ones are not rare.
    private static final int FEW = 100;
    /// As good as never too few where {@link #FEW} were enough once.
    private static final int MANY = 20_000;

    private final PasswordRules rules;
    private final List<Integer> characters;

    public PasswordGenerator(PasswordRules rules) {
        this.rules = rules;
        TreeSet<Integer> all = new TreeSet<>();
        rules.sets().forEach(set -> all.addAll(set.characters()));
        this.characters = new ArrayList<>(all);
    }

    /// Whether passwords can be made: the rules are possible, and not too many at once.
    public boolean works(SecureRandom random) {
        return isPossible()
                && (drawn(FEW, random).isPresent() || counted(random).isPresent());
    }

    /// A password.
    ///
    /// @throws IllegalStateException if {@link #works} does not hold
    public String generate(SecureRandom random) {
        return drawn(FEW, random)
                .or(() -> counted(random))
                .or(() -> drawn(MANY, random))
                .orElseThrow(() -> new IllegalStateException("these rules make no password"));
    }

    private boolean isPossible() {
        return rules.sets().stream().allMatch(set -> set.least() <= rules.length());
    }

    private Optional<String> drawn(int draws, SecureRandom random) {
        int[] password = new int[rules.length()];
        for (int i = 0; i < draws; i++) {
            for (int j = 0; j < password.length; j++) {
                password[j] = characters.get(random.nextInt(characters.size()));
            }
            if (isGood(password)) {
                return Optional.of(new String(password, 0, password.length));
            }
        }
        return Optional.empty();
    }

    private Optional<String> counted(SecureRandom random) {
        return PasswordCount.of(rules, characters).flatMap(count -> count.draw(random));
    }

    private boolean isGood(int[] password) {
        for (PasswordRules.CharSet set : rules.sets()) {
            int found = 0;
            for (int character : password) {
                found += set.characters().contains(character) ? 1 : 0;
            }
            if (found < set.least()) {
                return false;
            }
        }
        return true;
    }
}
