// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.Durations;
import io.coffer.core.Timestamps;
import io.coffer.core.hcl.Body;
import io.coffer.core.hcl.HclException;
import io.coffer.core.hcl.Item;
import io.coffer.core.hcl.Position;
import io.coffer.core.hcl.Value;
import io.coffer.core.request.Json;
import io.coffer.core.request.RequestPath;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Reads what stands in one `path`. Of an attribute that stands twice, the last counts.
final class StanzaReader {
    /// The longest label, in characters: no path of a request is longer.
    static final int LONGEST_PATH = RequestPath.LONGEST;
    /// Enough of a name to recognise it in a message.
    static final int SHOWN = 200;

    private static final Map<String, Capabilities> SHORTHANDS = Map.of(
            "deny",
            Capabilities.DENIED,
            "read",
            Capabilities.of(Capability.READ, Capability.LIST),
            "write",
            Capabilities.of(Capability.CREATE, Capability.READ, Capability.UPDATE, Capability.DELETE, Capability.LIST),
            "sudo",
            Capabilities.of(
                    Capability.CREATE,
                    Capability.READ,
                    Capability.UPDATE,
                    Capability.DELETE,
                    Capability.LIST,
                    Capability.SUDO));

    private final Body body;
    private final String prefix;

    /// @param prefix of every message, as `path "a": `
    StanzaReader(Body body, String prefix) {
        this.body = body;
        this.prefix = prefix;
    }

    Terms terms(Position at) {
        Capabilities capabilities = capabilities();
        body.last("comment").ifPresent(comment -> text(comment.value(), "comment"));
        WrapRange wrapping = new WrapRange(length("min_wrapping_ttl"), length("max_wrapping_ttl"));
        if (wrapping.isEmpty()) {
            throw refused(at, "max_wrapping_ttl cannot be less than min_wrapping_ttl");
        }
        return new Terms(
                capabilities,
                new ParameterRules(required(), parameters("allowed_parameters"), parameters("denied_parameters")),
                wrapping,
                pageLimit(),
                filter(capabilities));
    }

    Instant end() {
        Optional<Value> value = value("expiration");
        if (value.isEmpty()) {
            return Instant.MAX;
        }
        Optional<Instant> end = value.get() instanceof Value.Whole(long seconds, Position at)
                ? moment(Long.toString(seconds))
                : moment(text(value.get(), "expiration"));
        return end.orElseThrow(() -> refused(
                value.get().at(), "invalid expiration time; write 2030-01-31T00:00:00Z, or seconds since 1970"));
    }

    private Capabilities capabilities() {
        Capabilities all = Capabilities.NONE;
        Optional<Value> list = value("capabilities");
        for (Value item : list.isPresent() ? items(list.get(), "capabilities") : List.<Value>of()) {
            String name = text(item, "capabilities");
            all = all.with(Capability.named(name)
                    .map(Capabilities::of)
                    .orElseThrow(() -> refused(item.at(), "invalid capability " + PolicyParser.shown(name))));
        }
        Optional<Value> shorthand = value("policy");
        if (shorthand.isPresent()) {
            String name = text(shorthand.get(), "policy");
            all = all.with(Optional.ofNullable(SHORTHANDS.get(name))
                    .orElseThrow(() -> refused(shorthand.get().at(), "invalid policy " + PolicyParser.shown(name))));
        }
        return all;
    }

    private SortedSet<String> required() {
        TreeSet<String> names = new TreeSet<>();
        Optional<Value> list = value("required_parameters");
        list.ifPresent(value ->
                items(value, "required_parameters").forEach(item -> names.add(text(item, "required_parameters"))));
        return names;
    }

    private Map<String, List<Json>> parameters(String key) {
        Optional<Item> last = body.items().reversed().stream()
                .filter(item -> item.name().equals(key))
                .findFirst();
        Map<String, List<Json>> all = new LinkedHashMap<>();
        Map<String, String> written = new HashMap<>();
        if (last.isEmpty()) {
            return all;
        }
        for (Item.Block block : new Body(List.of(last.get()), last.get().at()).blocks(key, 0)) {
            for (Item item : block.body().items()) {
                if (!(item instanceof Item.Attribute attribute)) {
                    throw refused(item.at(), key + ": expected a name, '=' and a list of values");
                }
                String name = ParameterRules.lowerCase(item.name());
                String before = written.put(name, item.name());
                if (before != null && !before.equals(item.name())) {
                    throw refused(
                            item.at(),
                            key + ": " + PolicyParser.shown(item.name())
                                    + " stands twice, since letters are compared in lower case");
                }
                all.put(
                        name,
                        items(attribute.value(), key).stream()
                                .map(StanzaReader::json)
                                .toList());
            }
        }
        return all;
    }

    private Duration length(String key) {
        Optional<Value> value = value(key);
        if (value.isEmpty()) {
            return Duration.ZERO;
        }
        Optional<Duration> length = value.get() instanceof Value.Whole(long seconds, Position at)
                ? Durations.ofSeconds(seconds)
                : Durations.parse(text(value.get(), key));
        return length.filter(found -> !found.isNegative())
                .orElseThrow(() -> refused(value.get().at(), key + ": expected a length of time, as 60 or \"5m\""));
    }

    private long pageLimit() {
        Optional<Value> value = value("pagination_limit");
        if (value.isEmpty()) {
            return 0;
        }
        if (value.get() instanceof Value.Whole(long number, Position at) && number >= 0) {
            return number;
        }
        throw refused(value.get().at(), "pagination_limit: expected a whole number that is not negative");
    }

    private Optional<KeyFilter> filter(Capabilities capabilities) {
        String key = "list_scan_response_keys_filter_path";
        Optional<Value> value = value(key).filter(found -> !text(found, key).isEmpty());
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!capabilities.has(Capability.LIST)) {
            throw refused(value.get().at(), key + " needs to be used on a path with the list capability");
        }
        try {
            return Optional.of(KeyFilter.of(text(value.get(), key)));
        } catch (IllegalArgumentException wrong) {
            throw refused(value.get().at(), key + ": " + wrong.getMessage());
        }
    }

    private Optional<Value> value(String key) {
        Optional<Item> last = body.items().reversed().stream()
                .filter(item -> item.name().equals(key))
                .findFirst();
        if (last.isPresent() && last.get() instanceof Item.Block block) {
            throw refused(block.at(), key + ": expected '=' and a value");
        }
        return last.map(item -> ((Item.Attribute) item).value());
    }

    private List<Value> items(Value value, String key) {
        if (value instanceof Value.Arr(List<Value> items, Position at)) {
            return items;
        }
        throw refused(value.at(), key + ": found " + value.kind() + ", expected a list");
    }

    private String text(Value value, String key) {
        if (value instanceof Value.Text(String text, Position at)) {
            return text;
        }
        throw refused(value.at(), key + ": found " + value.kind() + ", expected text in double quotes");
    }

    private HclException refused(Position at, String problem) {
        return new HclException(at, prefix + problem);
    }

    private static Optional<Instant> moment(String text) {
        boolean seconds = !text.isEmpty() && text.length() <= 12 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return seconds ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text))) : Timestamps.parse(text);
    }

    private static Json json(Value value) {
        return switch (value) {
            case Value.Text(String text, Position at) -> new Json.Str(text);
            case Value.Whole(long number, Position at) -> Json.of(number);
            case Value.Decimal decimal -> new Json.Num(decimal.number().toPlainString());
            case Value.Flag(boolean set, Position at) -> Json.of(set);
            case Value.Arr(List<Value> items, Position at) ->
                new Json.Arr(items.stream().map(StanzaReader::json).toList());
            case Value.Obj object -> json(object.body());
        };
    }

    private static Json json(Body body) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (Item item : body.items()) {
            members.put(
                    item.name(),
                    item instanceof Item.Attribute attribute
                            ? json(attribute.value())
                            : json(((Item.Block) item).body()));
        }
        return new Json.Obj(members);
    }
}
