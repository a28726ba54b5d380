// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine.identity;

import static io.coffer.core.request.Told.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityEngineTest {
    private final TestVault vault = TestVault.open();

    @AfterEach
    void close() {
        vault.close();
    }

    private static String text(Json json) {
        return ((Json.Str) json).value();
    }

    private String entity(String name) {
        return text(data(vault.write("identity/entity", "{\"name\":\"" + name + "\"}"))
                .get("id"));
    }

    private String accessor() {
        return text(((Json.Obj) data(vault.read("sys/auth")).get("token/")).get("accessor"));
    }

    private static String error(Response response) {
        return ((Response.Invalid) response).errors().getFirst();
    }

    @Test
    void anEntityIsMadeReadByIdAndByNameInAnyCaseChangedAndRemoved() {
        String id = entity("Bob");
        Json.Obj read = data(vault.read("identity/entity/name/BOB"));
        assertThat(text(read.get("id"))).isEqualTo(id);
        assertThat(text(read.get("name"))).isEqualTo("bob");
        assertThat(vault.write(
                        "identity/entity", "{\"name\":\"BOB\",\"policies\":\"Dev, ops\",\"metadata\":{\"a\":\"b\"}}"))
                .isEqualTo(Response.NO_CONTENT);
        Json.Obj changed = data(vault.read("identity/entity/id/" + id));
        assertThat(changed.get("policies")).isEqualTo(Json.of(java.util.List.of("dev", "ops")));
        assertThat(vault.write("identity/entity/id/" + id, "{\"name\":\"rob\"}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(vault.read("identity/entity/name/bob")).isEqualTo(Response.ABSENT);
        assertThat(data(vault.read("identity/entity/name/rob")).get("policies")).isEqualTo(changed.get("policies"));
        assertThat(vault.delete("identity/entity/name/rob")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.read("identity/entity/id/" + id)).isEqualTo(Response.ABSENT);
        assertThat(vault.handle(Operation.LIST, "identity/entity/id", "")).isEqualTo(Response.ABSENT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            entity | {"policies":["ROOT "]} | policies cannot contain root
            entity | {"policies":["\uff32oot"]} | policies: a policy's name does not look like "root"
            entity | {"policies":["Root"]} | policies cannot contain root
            entity | {"id":"6f1c2a00-0000-4000-8000-000000000000"} | entity not found from id
            entity | {"name":"a/b"} | a name holds no '/'
            group | {"policies":"root"} | policies cannot contain root
            entity | {"policies":["a","Response-Wrapping"]} | policies cannot contain response-wrapping
            group | {"policies":"response-wrapping"} | policies cannot contain response-wrapping
            group | {"type":"strange"} | type must be "internal" or "external"
            group | {"type":"external","member_entity_ids":"x"} | members of an external group cannot be set: its login method says who they are
            group | {"member_entity_ids":"6f1c2a00-0000-4000-8000-000000000000"} | member_entity_ids holds an id that is no entity's
            entity-alias | {"name":"x"} | 'id' or 'mount_accessor' and 'name' must be provided
            entity-alias | {"name":"x","mount_accessor":"no_such"} | invalid mount accessor "no_such"
            lookup/entity | {} | one of id, name, alias_id, or alias_name with alias_mount_accessor, must be provided
            lookup/entity | {"id":"a","name":"b"} | one of id, name, alias_id, or alias_name with alias_mount_accessor, must be provided
            entity/merge | {"to_entity_id":"x"} | from_entity_ids (1 to 1000) and to_entity_id are needed
            """)
    void whatIsWrongIsSaid(String path, String body, String error) {
        assertThat(error(vault.write("identity/" + path, body))).isEqualTo(error);
    }

    @Test
    void aNameBelongsToOne() {
        String one = entity("one");
        entity("two");
        assertThat(error(vault.write("identity/entity/id/" + one, "{\"name\":\"TWO\"}")))
                .isEqualTo("entity name is already in use");
    }

    @Test
    void anAliasIsMadeFoundMovedAndGoesWithItsEntity() {
        String bob = entity("bob");
        String body = "{\"name\":\"B@x\",\"mount_accessor\":\"" + accessor() + "\",\"canonical_id\":\"" + bob + "\"}";
        String alias = text(data(vault.write("identity/entity-alias", body)).get("id"));
        assertThat(text(data(vault.write("identity/entity-alias", body)).get("id")))
                .isEqualTo(alias);
        String byAlias = "{\"alias_name\":\"b@X\",\"alias_mount_accessor\":\"" + accessor() + "\"}";
        assertThat(text(data(vault.write("identity/lookup/entity", byAlias)).get("id")))
                .isEqualTo(bob);
        assertThat(text(data(vault.read("identity/entity-alias/id/" + alias)).get("mount_type")))
                .isEqualTo("token");
        String rob = entity("rob");
        assertThat(text(data(vault.write("identity/entity-alias/id/" + alias, "{\"canonical_id\":\"" + rob + "\"}"))
                        .get("canonical_id")))
                .isEqualTo(rob);
        assertThat(text(data(vault.write("identity/lookup/entity", byAlias)).get("id")))
                .isEqualTo(rob);
        vault.delete("identity/entity/id/" + rob);
        assertThat(vault.write("identity/lookup/entity", byAlias)).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.read("identity/entity-alias/id/" + alias)).isEqualTo(Response.ABSENT);
    }

    @Test
    void anEntityHasOneAliasInAMount() {
        String bob = entity("bob");
        String tail = "\",\"mount_accessor\":\"" + accessor() + "\",\"canonical_id\":\"" + bob + "\"}";
        vault.write("identity/entity-alias", "{\"name\":\"a" + tail);
        assertThat(error(vault.write("identity/entity-alias", "{\"name\":\"b" + tail)))
                .isEqualTo("the entity has an alias in the mount of this accessor already");
    }

    @Test
    void aGroupIsNoMemberOfItselfHoweverDeep() {
        String inner =
                text(data(vault.write("identity/group", "{\"name\":\"inner\"}")).get("id"));
        String middle = text(
                data(vault.write("identity/group", "{\"name\":\"middle\",\"member_group_ids\":[\"" + inner + "\"]}"))
                        .get("id"));
        vault.write("identity/group", "{\"name\":\"outer\",\"member_group_ids\":[\"" + middle + "\"]}");
        String outer = text(data(vault.read("identity/group/name/outer")).get("id"));
        assertThat(error(vault.write("identity/group/id/" + inner, "{\"member_group_ids\":[\"" + outer + "\"]}")))
                .isEqualTo("member_group_ids would make the group a member of itself");
    }

    @Test
    void onlyAnExternalGroupHasAnAlias() {
        String internal =
                text(data(vault.write("identity/group", "{\"name\":\"in\"}")).get("id"));
        String external = text(data(vault.write("identity/group", "{\"name\":\"out\",\"type\":\"external\"}"))
                .get("id"));
        String head = "{\"name\":\"cn=ops\",\"mount_accessor\":\"" + accessor() + "\",\"canonical_id\":\"";
        assertThat(error(vault.write("identity/group-alias", head + internal + "\"}")))
                .startsWith("alias cannot be set");
        String alias = text(data(vault.write("identity/group-alias", head + external + "\"}"))
                .get("id"));
        assertThat(text(((Json.Obj) data(vault.read("identity/group/name/out")).get("alias")).get("id")))
                .isEqualTo(alias);
        assertThat(vault.delete("identity/group-alias/id/" + alias)).isEqualTo(Response.NO_CONTENT);
        assertThat(data(vault.read("identity/group/name/out")).get("alias")).isEqualTo(Json.EMPTY);
    }

    @Test
    void aListShowsWhatIsKnownOfEach() {
        String bob = entity("bob");
        Json.Obj list = data(vault.handle(Operation.LIST, "identity/entity/id", ""));
        assertThat(list.get("keys")).isEqualTo(Json.of(java.util.List.of(bob)));
        Json.Obj info = (Json.Obj) ((Json.Obj) list.get("key_info")).get(bob);
        assertThat(text(info.get("name"))).isEqualTo("bob");
    }
}
