// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.approle;

import static io.coffer.core.request.Told.data;
import static io.coffer.core.request.Told.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.auth.Logins;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// For tests of machines: a vault that they log in at, and how roles and secret ids are made.
class Machines {
    TestVault vault = TestVault.open();

    @BeforeEach
    void enable() {
        Logins.enable(vault, "approle");
    }

    @AfterEach
    void close() {
        vault.close();
    }

    void role(String name, String body) {
        assertThat(write("role/" + name, body)).as(body).isEqualTo(Response.NO_CONTENT);
    }

    Response write(String path, String body) {
        return vault.write("auth/approle/" + path, body);
    }

    String roleId(String name) {
        return text(data(vault.read("auth/approle/role/" + name + "/role-id")), "role_id");
    }

    Json.Obj secretId(String name, String body) {
        return data(write("role/" + name + "/secret-id", body));
    }

    Response login(String roleId, String secretId) {
        return Logins.anonymous(
                vault, "auth/approle/login", "{\"role_id\":\"" + roleId + "\",\"secret_id\":\"" + secretId + "\"}");
    }

    List<String> accessors(String role) {
        Response listed = vault.handle(Operation.LIST, "auth/approle/role/" + role + "/secret-id", "");
        return listed == Response.ABSENT
                ? List.of()
                : ((Json.Arr) data(listed).get("keys"))
                        .items().stream().map(item -> ((Json.Str) item).value()).toList();
    }
}
