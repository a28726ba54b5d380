// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import io.coffer.core.Cidr;
import io.coffer.core.engine.Access;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Failures;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Grant;
import io.coffer.core.request.Grant.TokenTerms;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Writer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `login`. A role that is not there and a secret id that is wrong have the same answer, cost the same and count the
/// same.
final class Login {
    /// What a login leaves for a renewal.
    static final String ROLE = "role";

    static final String ROLE_UID = "uid";

    private static final Response WRONG = new Response.Invalid("invalid role or secret ID");

    private Login() {}

    static Route route() {
        return Route.writes("login", Operation.UPDATE, "Log in with a role and a secret id.", Login::login)
                .with(
                        Field.text("role_id", "The id of the role."),
                        Field.secret("secret_id", "A secret id of the role, if the role needs one."))
                .access(Access.ANYONE);
    }

    static String roleId(Call call) {
        return call.request().values().text("role_id").orElse("").strip();
    }

    private static Response login(Call call, Writer<Plaintext> writer) {
        String roleId = roleId(call);
        if (roleId.isEmpty()) {
            return new Response.Invalid("missing role_id");
        }
        Failures failures = Failures.of(call);
        if (failures.isLocked(writer, roleId)) {
            return Response.Denied.PERMISSION;
        }
        Folder mount = call.mount().folder();
        Optional<Role> role = Role.withRoleId(writer, mount, roleId);
        if (role.filter(known -> !known.secrets().bound()).isPresent()) {
            return admitted(call, role.get(), Optional.empty());
        }
        Optional<Secret> text = call.request().values().secret("secret_id");
        if (text.isEmpty()) {
            return new Response.Invalid("missing secret_id");
        }
        String hash = SecretIds.hash(writer, mount, text.get());
        Optional<SecretIds.Found> found =
                role.flatMap(known -> SecretIds.of(mount, known).find(writer, hash, call.now()));
        if (found.isEmpty()) {
            failures.count(writer, call, roleId);
            return WRONG;
        }
        failures.forget(writer, roleId);
        SecretIds.of(mount, role.orElseThrow()).use(writer, found.get(), call.now());
        return admitted(call, role.get(), Optional.of(found.get().id()));
    }

    /// What remains once a use is taken: where from.
    private static Response admitted(Call call, Role role, Optional<SecretId> id) {
        String address = call.request().incoming().origin().address();
        if (!admits(id.map(SecretId::cidrs).orElse(List.of()), address)) {
            return unauthorized(address, "secret ID");
        }
        if (!admits(role.secrets().cidrs(), address)) {
            return unauthorized(address, "role");
        }
        return granted(role, id, terms(role, id));
    }

    private static boolean admits(List<Cidr> blocks, String address) {
        return blocks.isEmpty() || blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static Response unauthorized(String address, String where) {
        return new Response.Invalid(
                "source address \"" + address + "\" unauthorized through CIDR restrictions on the " + where);
    }

    private static TokenTerms terms(Role role, Optional<SecretId> id) {
        TokenTerms byRole = role.rules().terms();
        List<Cidr> bound =
                id.map(SecretId::tokenCidrs).filter(blocks -> !blocks.isEmpty()).orElse(byRole.bound());
        return new TokenTerms(
                byRole.life(), bound, byRole.noDefaultPolicy(), byRole.type(), byRole.uses(), byRole.strict());
    }

    private static Response granted(Role role, Optional<SecretId> id, TokenTerms terms) {
        Map<String, String> metadata = new TreeMap<>(id.map(SecretId::metadata).orElse(Map.of()));
        metadata.put("role_name", role.name());
        return new Response.Granted(
                new Grant.Login(
                        terms,
                        role.rules().policies(),
                        "",
                        role.roleId(),
                        metadata,
                        Optional.empty(),
                        Map.of(ROLE, role.name(), ROLE_UID, role.uid())),
                List.of());
    }
}
