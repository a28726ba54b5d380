// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

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
import java.util.Map;
import java.util.Set;

/// Reads a policy, in HCL or JSON. It is read whole or refused with the place of the first thing that is wrong:
/// what is unknown might have been meant to forbid something.
final class PolicyParser {
    private static final Set<String> KEYS = Set.of("name", "path");

    /// Known elsewhere, where they ask for more than a policy; without them the rule would allow too much.
    private static final Map<String, String> MISSING = Map.of(
            "control_group", "the approval of others",
            "mfa_methods", "a second factor");

    private static final Set<String> STANZA_KEYS = Set.of(
            "allowed_parameters",
            "capabilities",
            "comment",
            "denied_parameters",
            "expiration",
            "list_scan_response_keys_filter_path",
            "max_wrapping_ttl",
            "min_wrapping_ttl",
            "pagination_limit",
            "policy",
            "required_parameters");

    private PolicyParser() {}

    /// @throws HclException if it is no policy
    static Policy parse(String text) {
        Body body = Hcl.parse(text, HclLimits.DEFAULT);
        for (Item item : body.items()) {
            if (!KEYS.contains(item.name())) {
                throw invalidKey(item, "");
            }
            if (item.name().equals("name") && !isText(item)) {
                throw new HclException(item.at(), "name is text");
            }
        }
        List<Stanza> stanzas = new ArrayList<>();
        for (Item.Block block : body.blocks("path", 1)) {
            stanzas.add(stanza(block));
        }
        return new Policy(stanzas);
    }

    private static Stanza stanza(Item.Block block) {
        String label = block.label(0);
        Position at = block.labels().getFirst().at();
        String prefix = "path " + shown(label) + ": ";
        for (Item item : block.body().items()) {
            String missing = MISSING.get(item.name());
            if (missing != null) {
                throw new HclException(
                        item.at(),
                        prefix + item.name() + " is not supported: this version of Coffer cannot ask for " + missing
                                + ", and without it the rule would allow more than was meant");
            }
            if (!STANZA_KEYS.contains(item.name())) {
                throw invalidKey(item, prefix);
            }
        }
        StanzaReader reader = new StanzaReader(block.body(), prefix);
        return new Stanza(label, path(label, at, prefix), reader.terms(at), reader.end(), at);
    }

    private static Template path(String label, Position at, String prefix) {
        if (label.length() > StanzaReader.LONGEST_PATH) {
            throw new HclException(
                    at, prefix + "it is longer than the path of any request, " + StanzaReader.LONGEST_PATH);
        }
        if (label.contains("+*")) {
            throw new HclException(at, prefix + "invalid use of wildcards ('+*' is forbidden)");
        }
        try {
            return Template.of(label.startsWith("/") ? label.substring(1) : label);
        } catch (IllegalArgumentException unbalanced) {
            throw new HclException(at, prefix + unbalanced.getMessage());
        }
    }

    private static boolean isText(Item item) {
        return item instanceof Item.Attribute attribute && attribute.value() instanceof Value.Text;
    }

    private static HclException invalidKey(Item item, String prefix) {
        return new HclException(
                item.at(),
                prefix + "invalid key " + shown(item.name()) + " on line "
                        + item.at().line());
    }

    /// A name of the author's for a message: in quotes, bounded, without what does not print.
    static String shown(String name) {
        StringBuilder shown = new StringBuilder("\"");
        name.codePoints()
                .limit(StanzaReader.SHOWN)
                .forEach(c -> shown.appendCodePoint(RequestPath.printable(c) ? c : '?'));
        return shown.append(name.codePointCount(0, name.length()) > StanzaReader.SHOWN ? "…\"" : "\"")
                .toString();
    }
}
