// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import io.coffer.core.Cidr;
import io.coffer.core.RandomIds;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonException;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Response;
import io.coffer.core.request.Values;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// A secret id as a request wants it, within what its role allows.
record NewSecretId(Role role, Call call, Values values) {
    static final Field[] FIELDS = {
        Field.text("metadata", "A text that holds a JSON object of texts, which logins with it say of themselves."),
        Field.texts("cidr_list", "The addresses that it may be used from."),
        Field.texts("token_bound_cidrs", "The addresses that its tokens may be used from."),
        Field.number("num_uses", "How many logins it is good for; what the role says, if absent."),
        Field.duration("ttl", "How long it lives; what the role says, if absent."),
    };

    /// A secret id, or what is wrong with it.
    sealed interface Outcome {
        record Good(SecretId id) implements Outcome {}

        record Bad(Response answer) implements Outcome {}
    }

    Outcome check() {
        Optional<Map<String, String>> metadata = metadata();
        String refusal = refusal(metadata);
        if (!refusal.isEmpty()) {
            return new Outcome.Bad(new Response.Invalid(refusal));
        }
        List<Cidr> cidrs = cidrs("cidr_list");
        List<Cidr> tokenCidrs = cidrs("token_bound_cidrs");
        if (!within(cidrs, role.secrets().cidrs())
                || !within(tokenCidrs, role.rules().terms().bound())) {
            return new Outcome.Bad(new Response.Failed(
                    Response.wrapped("the CIDR blocks of a secret ID must be within those of its role")));
        }
        return new Outcome.Good(new SecretId(
                RandomIds.uuid(call.random()),
                metadata.orElseThrow(),
                values.number("num_uses").orElse(role.secrets().uses()),
                ttl(),
                call.now(),
                call.now(),
                cidrs,
                tokenCidrs));
    }

    private String refusal(Optional<Map<String, String>> metadata) {
        Role.Secrets secrets = role.secrets();
        OptionalLong uses = values.number("num_uses");
        Optional<Duration> ttl = values.duration("ttl");
        if (!secrets.bound()) {
            return "bind_secret_id is not set on the role";
        }
        if (uses.orElse(0) < 0) {
            return "num_uses cannot be negative";
        }
        if (uses.isPresent() && secrets.uses() > 0 && (uses.getAsLong() == 0 || uses.getAsLong() > secrets.uses())) {
            return "num_uses cannot be higher than the role's secret_id_num_uses";
        }
        if (secrets.ttl().isPositive()
                && ttl.filter(asked -> asked.isZero() || asked.compareTo(secrets.ttl()) > 0)
                        .isPresent()) {
            return "ttl cannot be longer than the role's secret_id_ttl";
        }
        if (metadata.isEmpty()) {
            return "failed to parse metadata: it must be a text that holds a JSON object of texts";
        }
        boolean unfit = List.of("cidr_list", "token_bound_cidrs").stream()
                .anyMatch(name -> cidrs(name).size()
                        != values.strings(name).orElse(List.of()).size());
        return unfit ? "invalid CIDR blocks" : "";
    }

    /// No longer than anything that the mount gives.
    private Duration ttl() {
        Duration asked = values.duration("ttl").orElse(role.secrets().ttl());
        Duration most = call.mount().maxTtl();
        return asked.compareTo(most) > 0 ? most : asked;
    }

    private List<Cidr> cidrs(String name) {
        return values.strings(name).orElse(List.of()).stream()
                .flatMap(text -> Cidr.parse(text).stream())
                .toList();
    }

    private static boolean within(List<Cidr> blocks, List<Cidr> outer) {
        return outer.isEmpty()
                || blocks.stream().allMatch(block -> outer.stream().anyMatch(one -> one.contains(block)));
    }

    private Optional<Map<String, String>> metadata() {
        String text = values.text("metadata").orElse("");
        if (text.isBlank()) {
            return Optional.of(Map.of());
        }
        try {
            Json.Obj object = JsonText.DEFAULT.parseObject(text.getBytes(StandardCharsets.UTF_8));
            Map<String, String> texts = new TreeMap<>();
            for (Map.Entry<String, Json> member : object.members().entrySet()) {
                if (!(member.getValue() instanceof Json.Str(String value))) {
                    return Optional.empty();
                }
                texts.put(member.getKey(), value);
            }
            return Optional.of(texts);
        } catch (JsonException malformed) {
            return Optional.empty();
        }
    }
}
