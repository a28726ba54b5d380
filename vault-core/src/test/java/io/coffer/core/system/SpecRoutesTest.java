// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.token.Clients;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpecRoutesTest {
    private static final String PATH = "sys/internal/specs/openapi";

    private final TestVault vault = TestVault.open();
    private final Clients clients = new Clients(vault);

    @BeforeEach
    void mount() {
        vault.write("sys/mounts/team/kv", "{\"type\":\"kv-v2\"}");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    private static Json.Obj paths(Response response) {
        return (Json.Obj) ((Json.Obj) ((Response.Ok) response).data()).get("paths");
    }

    @Test
    void everyRouteOfEveryMountHasItsPath() {
        Json.Obj paths = paths(vault.read(PATH));
        assertThat(paths.members().keySet())
                .contains(
                        "/team/kv/data/{path}",
                        "/team/kv/metadata/{path}/",
                        "/sys/mounts/{path}/tune",
                        "/auth/token/create",
                        "/identity/entity/id/{id}",
                        "/cubbyhole/{path}");
        Json.Obj data = (Json.Obj) paths.get("/team/kv/data/{path}");
        assertThat(data.members().keySet()).contains("get", "post", "patch", "delete");
        assertThat(TestVault.text(new Response.Ok(data.get("post"))))
                .contains("\"operationId\":\"update-team-kv-data-path\"");
    }

    @Test
    void noTwoOperationsHaveOneName() {
        vault.write("sys/mounts/team-kv", "{\"type\":\"kv-v2\"}");
        List<String> ids = new ArrayList<>();
        operations(paths(vault.read(PATH)), operation -> ids.add(((Json.Str) operation.get("operationId")).value()));
        assertThat(ids).hasSizeGreaterThan(200).doesNotHaveDuplicates();
    }

    @Test
    void everyNameInAPathIsAParameterOfItAndNoSecretIsOneOfAQuery() {
        Json.Obj paths = paths(vault.read(PATH));
        for (String path : paths.members().keySet()) {
            Set<String> named = Pattern.compile("\\{([^}]*)}")
                    .matcher(path)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
            operations(Json.object().put(path, paths.get(path)).build(), operation -> {
                List<String> parameters = new ArrayList<>();
                for (Json each : ((Json.Arr) operation.get("parameters")).items()) {
                    Json.Obj parameter = (Json.Obj) each;
                    String name = ((Json.Str) parameter.get("name")).value();
                    assertThat(name).as(path).isNotEqualTo("key");
                    if (parameter.get("in").equals(Json.of("path"))) {
                        parameters.add(name);
                    }
                }
                assertThat(parameters).as(path).containsExactlyInAnyOrderElementsOf(named);
            });
        }
    }

    @Test
    void aBodyIsOfTheTypeThatTheRouteTakes() {
        Json.Obj data = (Json.Obj) paths(vault.read(PATH)).get("/team/kv/data/{path}");
        assertThat(TestVault.text(new Response.Ok(data.get("patch")))).contains("application/merge-patch+json");
        Json.Obj secret = (Json.Obj) paths(vault.read(PATH)).get("/cubbyhole/{path}");
        assertThat(TestVault.text(new Response.Ok(secret.get("post")))).contains("\"additionalProperties\":true");
    }

    private static void operations(Json.Obj paths, Consumer<Json.Obj> each) {
        paths.members()
                .values()
                .forEach(item ->
                        ((Json.Obj) item).members().values().forEach(operation -> each.accept((Json.Obj) operation)));
    }

    @Test
    void aToolThatMakesClientsGetsParametersInsteadOfMounts() {
        Json.Obj paths = paths(vault.write(PATH, "{\"generic_mount_paths\":true}"));
        assertThat(paths.members().keySet())
                .contains("/{kv_mount_path}/data/{path}", "/sys/mounts", "/auth/token/create")
                .doesNotContain("/team/kv/data/{path}");
    }

    @Test
    void nobodySeesMoreThanHeMayReach() {
        vault.write("sys/policies/acl/p", "{\"policy\":\"path \\\"team/kv/*\\\" { capabilities = [\\\"read\\\"] }\"}");
        String token = clients.create("{\"policies\":[\"p\"],\"no_default_policy\":true}");
        assertThat(paths(clients.call(token, Operation.READ, PATH, ""))
                        .members()
                        .keySet())
                .isNotEmpty()
                .allMatch(path -> path.startsWith("/team/kv/"));
        assertThat(paths(vault.handle(vault.request(Operation.READ, PATH, "", Optional.empty())))
                        .members()
                        .keySet())
                .isEqualTo(Set.of());
        assertThat(clients.call("hvs.nobody", Operation.READ, PATH, "")).isInstanceOf(Response.Denied.class);
    }
}
