// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.TestVault;
import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MountRoutesTest {
    private static final String KV = "{\"type\":\"kv\"}";

    private final TestVault vault = TestVault.open();

    @AfterEach
    void close() {
        vault.close();
    }

    private Response mount(String path) {
        return vault.write("sys/mounts/" + path, KV);
    }

    private static Response invalid(String error) {
        return new Response.Invalid(error);
    }

    private Json.Obj mounted() {
        return (Json.Obj) ((Response.Ok) vault.read("sys/mounts")).data();
    }

    private List<String> paths() {
        return List.copyOf(mounted().members().keySet());
    }

    private static String text(Json object, String name) {
        return object instanceof Json.Obj members && members.get(name) instanceof Json.Str text ? text.value() : "";
    }

    @Test
    void aMountIsListedAndReadAsWhatItIs() {
        assertThat(
                        vault.write(
                                "sys/mounts/team/app",
                                "{\"type\":\"kv-v2\",\"description\":\"d\",\"local\":true,\"config\":{\"default_lease_ttl\":\"1h\"}}"))
                .isEqualTo(Response.NO_CONTENT);
        assertThat(paths()).containsExactly("cubbyhole/", "identity/", "sys/", "team/app/");
        Json listed = mounted().get("team/app/");
        assertThat(((Response.Ok) vault.read("sys/mounts/team/app")).data()).isEqualTo(listed);
        assertThat(((Response.Ok) vault.read("sys/mounts/team/app/")).data()).isEqualTo(listed);
        assertThat(TestVault.text(vault.read("sys/mounts/team/app")))
                .contains(
                        "\"type\":\"kv\"",
                        "\"description\":\"d\"",
                        "\"local\":true",
                        "\"options\":{\"version\":\"2\"}",
                        "\"config\":{\"default_lease_ttl\":3600,\"force_no_cache\":false,\"max_lease_ttl\":0}");
        assertThat(text(listed, "accessor")).matches("kv_[0-9a-f]{8}");
        assertThat(text(listed, "uuid")).hasSize(36);
    }

    @Test
    void anyNameOfOneCanonicalFormIsAPlace() {
        for (String name : List.of(
                "b\u00fcro", "with space", "a.b-c_d~e", "%2e", "x/y/z/w", "tune", "\u65e5\u672c", "a:b", "UPPER")) {
            assertThat(mount(name)).as(name).isEqualTo(Response.NO_CONTENT);
            vault.write(name + "/k", "{\"n\":1}");
            assertThat(TestVault.text(vault.read(name + "/k"))).as(name).isEqualTo("{\"n\":1}");
            assertThat(paths()).contains(name + "/");
        }
        try (TestVault again = vault.restart().unseal()) {
            assertThat(TestVault.text(again.read("with space/k"))).isEqualTo("{\"n\":1}");
        }
    }

    @Test
    void whatIsNotThereHasItsText() {
        assertThat(vault.read("sys/mounts/none")).isEqualTo(invalid("No secret engine mount at none/"));
        assertThat(vault.delete("sys/mounts/none")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.read("sys/mounts/none/tune")).isEqualTo(invalid("cannot fetch sysview for path \"none/\""));
        assertThat(vault.write("sys/mounts/none/tune", "{\"description\":\"x\"}"))
                .isEqualTo(invalid("cannot fetch sysview for path \"none/\""));
    }

    @Test
    void aMountIsNeitherInAnotherNorAroundOne() {
        assertThat(mount("a/b")).isEqualTo(Response.NO_CONTENT);
        assertThat(mount("a/b")).isEqualTo(invalid("path is already in use at a/b/"));
        assertThat(mount("a/b/")).isInstanceOf(Response.Invalid.class);
        assertThat(mount("a")).isEqualTo(invalid("existing mount at a/b/"));
        assertThat(mount("a/b/c")).isEqualTo(invalid("existing mount at a/b/"));
        for (String beside : List.of("a/bc", "a/c", "ab", "a/B", "A")) {
            assertThat(mount(beside)).as(beside).isEqualTo(Response.NO_CONTENT);
        }
        vault.delete("sys/mounts/a/b");
        assertThat(mount("a/b/c")).isEqualTo(Response.NO_CONTENT);
    }

    @Test
    void thePlacesOfTheVaultAreItsOwn() {
        for (String own : List.of("sys", "auth", "audit", "cubbyhole", "identity", "sys/x", "auth/token", "auth/x")) {
            assertThat(mount(own)).as(own).isEqualTo(invalid("cannot mount \"" + own + "/\""));
        }
        for (String own : List.of("sys", "auth", "audit", "cubbyhole", "identity", "auth/token")) {
            assertThat(vault.delete("sys/mounts/" + own)).as(own).isEqualTo(invalid("cannot unmount \"" + own + "/\""));
        }
        for (String beside : List.of("system", "authority", "cubby")) {
            assertThat(mount(beside)).as(beside).isEqualTo(Response.NO_CONTENT);
        }
        assertThat(paths()).contains("sys/", "cubbyhole/", "identity/");
    }

    @Test
    void kindsThatCannotBeMountedHaveTheirTexts() {
        assertThat(vault.write("sys/mounts/a", "{}")).isEqualTo(invalid("backend type must be specified as a string"));
        for (String own : List.of("system", "identity", "cubbyhole", "token")) {
            assertThat(vault.write("sys/mounts/a", "{\"type\":\"" + own + "\"}"))
                    .isEqualTo(invalid("mount type of \"" + own + "\" is not mountable"));
        }
        assertThat(vault.write("sys/mounts/a", "{\"type\":\"nothing\"}"))
                .isEqualTo(invalid("plugin not found in the catalog: nothing"));
        assertThat(vault.write("sys/mounts/a", "{\"type\":\"kv\",\"options\":{\"version\":\"3\"}}"))
                .isInstanceOf(Response.Invalid.class);
        assertThat(vault.write(
                        "sys/mounts/a",
                        "{\"type\":\"kv\",\"config\":{\"default_lease_ttl\":\"2h\",\"max_lease_ttl\":\"1h\"}}"))
                .isEqualTo(invalid("given default lease TTL greater than given max lease TTL"));
        assertThat(paths()).doesNotContain("a/");
    }

    @Test
    void namesOfOldMeanTheSame() {
        vault.write("sys/mounts/one", "{\"type\":\"generic\"}");
        vault.write("sys/mounts/two", "{\"type\":\"kv-v2\"}");
        vault.write("sys/mounts/three", "{\"plugin_name\":\"kv\"}");
        assertThat(TestVault.text(vault.read("sys/mounts/one"))).contains("\"options\":{\"version\":\"1\"}");
        assertThat(TestVault.text(vault.read("sys/mounts/two"))).contains("\"options\":{\"version\":\"2\"}");
        assertThat(TestVault.text(vault.read("sys/mounts/three"))).contains("\"type\":\"kv\"", "\"options\":null");
    }

    @Test
    void anUnmountedEngineAnswersNobodyAndItsDataIsGoneWhateverComesThere() {
        mount("one");
        vault.write("one/a", "{\"k\":\"canary\"}");
        String uuid = text(mounted().get("one/"), "uuid");
        assertThat(vault.delete("sys/mounts/one")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.read("one/a"))
                .isEqualTo(new Response.NotFound("no handler for route \"one/a\". route entry not found."));
        mount("one");
        assertThat(vault.read("one/a")).isEqualTo(Response.ABSENT);
        assertThat(text(mounted().get("one/"), "uuid")).isNotEqualTo(uuid);
        try (TestVault again = vault.restart().unseal()) {
            assertThat(again.read("one/a")).isEqualTo(Response.ABSENT);
        }
    }

    @Test
    void unmountingAPathInAMountOrAroundOneLeavesTheMount() {
        mount("a/b");
        vault.write("a/b/x", "{\"k\":1}");
        assertThat(vault.delete("sys/mounts/a")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.delete("sys/mounts/a/b/x")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.read("a/b/x")).isInstanceOf(Response.Ok.class);
    }

    @Test
    void ofManyWhoMountAtOnceOneGetsThePlaceAndNoneIsInAnother() throws Exception {
        List<String> wanted = List.of("p", "p", "p/q", "p/q", "p/q/r", "p");
        try (ExecutorService pool = Executors.newFixedThreadPool(wanted.size())) {
            for (int round = 0; round < 30; round++) {
                CountDownLatch start = new CountDownLatch(1);
                List<Future<Response>> answers = new ArrayList<>();
                for (String path : wanted) {
                    answers.add(pool.submit(() -> {
                        start.await();
                        return mount(path);
                    }));
                }
                start.countDown();
                int mounted = 0;
                for (Future<Response> answer : answers) {
                    mounted += answer.get().equals(Response.NO_CONTENT) ? 1 : 0;
                }
                assertThat(mounted).isEqualTo(1);
                List<String> here =
                        paths().stream().filter(path -> path.startsWith("p/")).toList();
                assertThat(here).hasSize(1);
                vault.delete("sys/mounts/" + here.getFirst().replaceFirst("/$", ""));
            }
        }
    }

    @Test
    void loginMethodsAreListedApart() {
        assertThat(TestVault.text(vault.read("sys/auth"))).startsWith("{\"token/\":{\"accessor\":\"token_");
        assertThat(paths()).doesNotContain("auth/token/", "token/");
    }

    @Test
    void aClientLearnsWhereAMountBegins() {
        vault.write("sys/mounts/team/app", "{\"type\":\"kv-v2\"}");
        assertThat(TestVault.text(vault.read("sys/internal/ui/mounts/team/app/deep/path")))
                .contains("\"path\":\"team/app/\"", "\"options\":{\"version\":\"2\"}");
        assertThat(TestVault.text(vault.read("sys/internal/ui/mounts/team/app")))
                .contains("\"path\":\"team/app/\"");
        assertThat(vault.read("sys/internal/ui/mounts/nowhere")).isInstanceOf(Response.Denied.class);
        assertThat(TestVault.text(vault.read("sys/internal/ui/mounts"))).contains("\"team/app/\":", "\"token/\":");
    }
}
