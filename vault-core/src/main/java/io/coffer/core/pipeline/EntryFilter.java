// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.pipeline;

import io.coffer.core.policy.Acl;
import io.coffer.core.policy.Ask;
import io.coffer.core.policy.Rule;
import io.coffer.core.policy.Ruling;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes out of a list what its caller may not read, where the rule that allows the list asks for it.
///
/// Looks at no more entries than the list was asked for, so a page may come out short, or empty though more follow.
final class EntryFilter {
    private EntryFilter() {}

    static Response filtered(Admitted admitted, Response response) {
        Operation operation = admitted.route().operation();
        boolean lists = operation == Operation.LIST || operation == Operation.SCAN;
        if (!lists || admitted.ask().isEmpty() || !(response instanceof Response.Ok ok)) {
            return response;
        }
        Acl acl = admitted.caller().acl();
        Ask ask = admitted.ask().get();
        Optional<Rule> rule = acl.check(ask) instanceof Ruling.Allowed(var found)
                ? found.filter(Rule::filtersEntries)
                : Optional.empty();
        return rule.isEmpty() ? response : filtered(acl, ask, rule.get(), ok);
    }

    private static Response filtered(Acl acl, Ask ask, Rule rule, Response.Ok ok) {
        Json.Obj data = ok.data() instanceof Json.Obj object ? object : Json.EMPTY;
        List<String> shown = acl.shown(rule, ask.path(), names(data.get("keys")));
        if (shown.isEmpty()) {
            return ask.operation() == Operation.LIST ? Response.ABSENT : new Response.Ok(Json.EMPTY);
        }
        Json.Builder kept = Json.object().put("keys", Json.of(shown));
        if (data.get("key_info") instanceof Json.Obj info) {
            Json.Builder details = Json.object();
            shown.stream().filter(info::has).forEach(name -> details.put(name, info.get(name)));
            kept.put("key_info", details.build());
        }
        return new Response.Ok(kept.build(), ok.leaseSeconds(), ok.warnings());
    }

    private static List<String> names(Json keys) {
        List<String> names = new ArrayList<>();
        if (keys instanceof Json.Arr list) {
            for (Json key : list.items()) {
                names.add(((Json.Str) key).value());
            }
        }
        return names;
    }
}
