// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.token;

import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.GlobalFlags;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.KeyValues;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.Words;
import java.util.ArrayList;
import java.util.List;

/// Makes a token.
final class TokenCreateCommand implements Command {
    private static final Flag ID = Flag.text("id", "TEXT", "The token's text; made up if not given. Needs sudo.");
    private static final Flag DISPLAY_NAME = Flag.text("display-name", "NAME", "What audit entries call it.");
    private static final Flag TTL = Flag.text("ttl", "DURATION", "How long it lives at first.");
    private static final Flag EXPLICIT_MAX_TTL =
            Flag.text("explicit-max-ttl", "DURATION", "How long it lives at most, however often it is renewed.");
    private static final Flag PERIOD =
            Flag.text("period", "DURATION", "It lives for ever if it is renewed at least this often. Needs sudo.");
    private static final Flag RENEWABLE = Flag.on("renewable", "Whether it can be renewed; it can if not given.");
    private static final Flag ORPHAN = Flag.on("orphan", "It lives on when the token that made it ends.");
    private static final Flag NO_DEFAULT_POLICY = Flag.on("no-default-policy", "Without the policy default.");
    private static final Flag USE_LIMIT = Flag.number("use-limit", "N", "How many requests it is good for.");
    private static final Flag ROLE = Flag.text("role", "NAME", "Make it as this role says.");
    private static final Flag TYPE = Flag.text("type", "service|batch", "Stored, or sealed into its own text.");
    private static final Flag METADATA = Flag.list("metadata", "KEY=VALUE", "A text to keep with it, for people.");
    private static final Flag POLICY = Flag.list("policy", "NAME", "A policy that it has.");
    private static final Flag ENTITY_ALIAS = Flag.text("entity-alias", "NAME", "Whose it is; with -role.");

    @Override
    public Shape shape() {
        return new Shape(
                "",
                "Makes a token. Without -policy it has the policies of the token at hand.",
                List.of(
                        GlobalFlags.FIELD,
                        ID,
                        DISPLAY_NAME,
                        TTL,
                        EXPLICIT_MAX_TTL,
                        PERIOD,
                        RENEWABLE,
                        ORPHAN,
                        NO_DEFAULT_POLICY,
                        USE_LIMIT,
                        ROLE,
                        TYPE,
                        METADATA,
                        POLICY,
                        ENTITY_ALIAS),
                0,
                0);
    }

    @Override
    public int run(Invocation call) {
        Arguments arguments = call.arguments();
        Json.Builder body = Json.object();
        for (Flag flag : List.of(ID, DISPLAY_NAME, TTL, EXPLICIT_MAX_TTL, PERIOD, TYPE, ENTITY_ALIAS)) {
            arguments.text(flag).ifPresent(text -> body.put(member(flag), text));
        }
        body.put("renewable", !arguments.given(RENEWABLE) || arguments.on(RENEWABLE));
        body.put("no_parent", arguments.on(ORPHAN));
        body.put("no_default_policy", arguments.on(NO_DEFAULT_POLICY));
        arguments.number(USE_LIMIT).ifPresent(uses -> body.put("num_uses", uses));
        List<String> policies = new ArrayList<>();
        arguments.list(POLICY).forEach(names -> policies.addAll(List.of(names.split(",", -1))));
        if (!policies.isEmpty()) {
            body.put("policies", Json.of(policies));
        }
        if (arguments.given(METADATA)) {
            body.put("meta", new Json.Obj(KeyValues.of(METADATA, arguments)));
        }
        String role = arguments.text(ROLE).map(name -> "/" + Words.path(name)).orElse("");
        call.output().secret(call.api().ask(ApiCall.post("auth/token/create" + role, body.build()), "creating token"));
        return 0;
    }

    private static String member(Flag flag) {
        return flag.name().replace('-', '_');
    }
}
