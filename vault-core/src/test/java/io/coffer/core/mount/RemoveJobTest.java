// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.core.Jobs;
import io.coffer.core.TestVault;
import io.coffer.core.Ttl;
import io.coffer.core.engine.LeaseEngine;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Grant;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.Scope;
import io.coffer.core.storage.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Disabling a mount whose engine needs its data to take leases back.
class RemoveJobTest {
    private final List<String> takenBack = new ArrayList<>();
    private final TestVault vault =
            TestVault.open(TestVault.Setup.over(new MemoryDisk()).engine("needy", mount -> new Needy()), 1, 1);

    private Runnable inside = () -> {};

    /// Its one secret is known by what it stored.
    private final class Needy implements LeaseEngine {
        @Override
        public List<Route> routes() {
            return List.of(
                    Route.writes("config", Operation.UPDATE, "Store.", (call, writer) -> {
                        writer.put(call.mount().folder().key("config"), new Plaintext(new byte[] {7}));
                        inside.run();
                        return Response.NO_CONTENT;
                    }),
                    Route.reads("creds", Operation.READ, "Grant.", (call, reader) -> {
                        inside.run();
                        return new Response.Granted(
                                new Grant.Lease(Json.EMPTY, Duration.ofHours(1), Duration.ZERO, false, Map.of()),
                                List.of());
                    }));
        }

        @Override
        public Ttl.Terms renewal(Reader<Plaintext> reader, Map<String, String> facts) {
            return Ttl.Terms.NONE;
        }

        @Override
        public String takeBack(Writer<Plaintext> writer, Map<String, String> facts) {
            Scope scope = vault.look(
                    reader -> vault.mounts().read(reader).leaving().getFirst().scope());
            takenBack.add(writer.get(Folder.of(scope).key("config"))
                    .map(value -> "with " + value.bytes()[0])
                    .orElse("without"));
            return "";
        }
    }

    @Test
    void itIsRefusedAtOnceAndKeepsItsKeysUntilItsLeasesAreTakenBack() {
        vault.write("sys/mounts/n", "{\"type\":\"needy\"}");
        vault.write("n/config", "");
        Scope scope = vault.look(
                reader -> vault.mounts().read(reader).at("n/").orElseThrow().scope());
        assertThat(vault.read("n/creds")).isInstanceOf(Response.Leased.class);
        vault.read("n/creds");
        assertThat(vault.delete("sys/mounts/n")).isEqualTo(Response.NO_CONTENT);
        assertThat(vault.read("n/creds")).isInstanceOf(Response.NotFound.class);
        assertThat(vault.read("sys/mounts/n")).isInstanceOf(Response.Invalid.class);
        assertThat(TestVault.text(vault.read("sys/keys/" + scope)))
                .contains("\"state\":\"disabling\"", "\"mount\":\"n/\"");
        assertThat(vault.write("sys/mounts/n", "{\"type\":\"kv\"}"))
                .as("its path is free")
                .isEqualTo(Response.NO_CONTENT);
        new Jobs(vault).run();
        assertThat(takenBack).containsExactly("with 7", "with 7");
        assertThat(vault.read("sys/keys/" + scope)).isEqualTo(Response.ABSENT);
        assertThat(TestVault.text(vault.read("sys/keys/jobs"))).contains("\"kind\":\"shred\"");
        assertThat(vault.read("sys/mounts/n")).isInstanceOf(Response.Ok.class);
    }

    @Test
    void whatIsInFlightAtAMountThatIsDisabledNeitherWritesNorIsLentAnything() {
        for (String call : List.of("config", "creds")) {
            vault.write("sys/mounts/n", "{\"type\":\"needy\"}");
            inside = () -> {
                inside = () -> {};
                assertThat(vault.delete("sys/mounts/n")).isEqualTo(Response.NO_CONTENT);
            };
            Response answer = call.equals("creds") ? vault.read("n/creds") : vault.write("n/config", "");
            assertThat(answer).as(call).isInstanceOf(Response.NotFound.class);
            new Jobs(vault).run();
            assertThat(takenBack).as(call).isEmpty();
        }
    }
}
