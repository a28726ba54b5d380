// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.password;

import io.coffer.core.hcl.Body;
import io.coffer.core.hcl.Hcl;
import io.coffer.core.hcl.HclException;
import io.coffer.core.hcl.HclLimits;
import io.coffer.core.hcl.Item;
import io.coffer.core.hcl.Position;
import io.coffer.core.hcl.Value;
import io.coffer.core.request.RequestPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which passwords are good: so many characters, each of one of the sets, and of each set at least so many.
public record PasswordRules(int length, List<CharSet> sets) {
    public static final int SHORTEST = 4;
    public static final int LONGEST = 100;
    /// The most sets.
    public static final int MOST_SETS = 16;
    /// The most characters of all sets together.
    public static final int MOST_CHARACTERS = 4_096;

    private static final Set<String> KEYS = Set.of("length", "rule");
    private static final Set<String> SET_KEYS = Set.of("charset", "min-chars");

    public PasswordRules {
        sets = List.copyOf(sets);
    }

    /// @param characters code points, each once
    /// @param least how many of them there must be at least
    public record CharSet(Set<Integer> characters, int least) {
        public CharSet {
            characters = Set.copyOf(characters);
        }
    }

    /// Reads `length = 20` and `rule "charset" { charset = "abc" min-chars = 1 }`, in HCL or JSON.
    ///
    /// @throws HclException if the text is anything else
    public static PasswordRules parse(String text) {
        Body body = Hcl.parse(text, HclLimits.DEFAULT);
        requireKnown(body, KEYS);
        int length = number(body, "length", body.at());
        List<CharSet> sets = new ArrayList<>();
        int characters = 0;
        for (Item.Block rule : body.blocks("rule", 1)) {
            if (!rule.label(0).equals("charset")) {
                throw new HclException(rule.at(), "found a rule of another kind, expected rule \"charset\"");
            }
            CharSet set = set(rule);
            characters += set.characters().size();
            sets.add(set);
            if (sets.size() > MOST_SETS || characters > MOST_CHARACTERS) {
                throw new HclException(
                        rule.at(),
                        "expected at most " + MOST_SETS + " rules of " + MOST_CHARACTERS + " characters in all");
            }
        }
        if (sets.isEmpty()) {
            throw new HclException(body.at(), "expected a rule \"charset\"");
        }
        return new PasswordRules(length, sets);
    }

    private static CharSet set(Item.Block rule) {
        requireKnown(rule.body(), SET_KEYS);
        Item.Attribute charset = rule.body()
                .last("charset")
                .orElseThrow(() -> new HclException(rule.at(), "expected charset in this rule"));
        if (!(charset.value() instanceof Value.Text(String text, Position at)) || text.isEmpty()) {
            throw new HclException(charset.value().at(), "charset: expected text that is not empty");
        }
        Set<Integer> characters = new TreeSet<>();
        text.codePoints().forEach(characters::add);
        if (!characters.stream().allMatch(RequestPath::printable)) {
            throw new HclException(at, "charset: expected characters that can be printed");
        }
        boolean any = rule.body().last("min-chars").isEmpty();
        return new CharSet(characters, any ? 0 : number(rule.body(), "min-chars", rule.at()));
    }

    private static int number(Body body, String key, Position where) {
        Item.Attribute attribute =
                body.last(key).orElseThrow(() -> new HclException(where, "expected " + key + ", a whole number"));
        if (attribute.value() instanceof Value.Whole(long number, Position at) && number >= 0 && number <= 1_000_000) {
            return (int) number;
        }
        throw new HclException(attribute.value().at(), key + ": expected a whole number that is not negative");
    }

    private static void requireKnown(Body body, Set<String> keys) {
        for (Item item : body.items()) {
            if (!keys.contains(item.name())) {
                throw new HclException(item.at(), "found an unknown key, expected one of " + new TreeSet<>(keys));
            }
        }
    }
}
