// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class PolicyCommandsTest extends InSession {
    private static final String TEXT = "path \"secret/*\" { policy = \"read\" }\n";

    @Test
    void policiesAreListedOneOnALine() {
        session.whenData("GET sys/policies/acl/?list=true", "{\"keys\":[\"default\",\"dev\",\"root\"]}");
        assertThat(session.run("policy", "list")).isEqualTo(new Ran(0, "default\ndev\nroot\n", ""));
        assertThat(session.run("policy", "list", "-format=json").out())
                .isEqualTo("[\n  \"default\",\n  \"dev\",\n  \"root\"\n]\n");
    }

    @Test
    void aPolicyIsPrintedAsItWasWritten() {
        session.whenData("GET sys/policies/acl/dev", "{\"name\":\"dev\",\"policy\":\"# a\\n\\n\"}");
        assertThat(session.run("policy", "read", "Dev")).isEqualTo(new Ran(0, "# a\n\n", ""));
        assertThat(session.run("policy", "read", "-format=json", "dev").out())
                .isEqualTo("{\n  \"policy\": \"# a\\n\\n\"\n}\n");
        assertThat(session.run("policy", "read", "none")).isEqualTo(new Ran(2, "", "No policy named: none\n"));
    }

    @Test
    void aPolicyIsWrittenFromAFileAndFromStandardInput() throws Exception {
        session.when("PUT sys/policies/acl/dev", 204, "");
        Path file = Files.writeString(home.resolve("dev.hcl"), TEXT);
        assertThat(session.run("policy", "write", "DEV", file.toString()))
                .isEqualTo(new Ran(0, "Success! Uploaded policy: dev\n", ""));
        assertThat(session.last().body())
                .isEqualTo("{\"policy\":\"path \\\"secret/*\\\" { policy = \\\"read\\\" }\\n\"}");
        assertThat(session.run("policy", "write", "dev", home.resolve("none").toString())
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void aPolicyIsDeleted() {
        session.when("DELETE sys/policies/acl/team/a", 204, "");
        assertThat(session.run("policy", "delete", "team/a"))
                .isEqualTo(new Ran(0, "Success! Deleted policy: team/a\n", ""));
    }

    @Test
    void aFileIsFormattedInItsPlaceAndKeepsItsPermissions() throws Exception {
        Path file = Files.writeString(home.resolve("a.hcl"), "path \"a\"{\npolicy=\"read\" # r\n}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(session.run("policy", "fmt", file.toString()))
                .isEqualTo(new Ran(0, "Success! Formatted policy: " + file + "\n", ""));
        assertThat(file).hasContent("path \"a\" {\n  policy = \"read\" # r\n}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (var files = Files.list(home)) {
            assertThat(files.filter(other -> other.toString().contains(".policy")))
                    .isEmpty();
        }
        assertThat(session.seen()).isEmpty();
    }

    @Test
    void aFileThatIsNoPolicyStaysAsItIs() throws Exception {
        Path file = Files.writeString(home.resolve("a.hcl"), "path \"a\" {");
        Ran ran = session.run("policy", "fmt", file.toString());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("line 1, column 10").contains("is not closed");
        assertThat(file).hasContent("path \"a\" {");
        String unknown = "path \"a\" { capability = [\"read\"] }";
        Files.writeString(file, unknown);
        ran = session.run("policy", "fmt", file.toString());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("line 1, column 12").contains("invalid key \"capability\"");
        assertThat(file).hasContent(unknown);
    }

    @Test
    void anExplanationNamesRulesAndWhatIsNeeded() {
        session.whenData("PUT sys/policies/explain", """
                {"path":"secret/data/app","policies":["default","dev"],
                "left_out":["policy \\"dev\\", line 7: path \\"x\\" has ended"],"operations":[
                {"operation":"read","allowed":true,"reason":"policy \\"dev\\", line 3: path \\"secret/*\\" allows it",
                "conditions":["the answer is wrapped"],"needed":"","rule":{}},
                {"operation":"delete","allowed":false,"reason":"no rule is for this path","conditions":[],
                "needed":"path \\"secret/data/app\\" {\\n  capabilities = [\\"delete\\"]\\n}","rule":null}]}""");
        String table = """
                Path: secret/data/app
                Policies: default, dev
                Left out: policy "dev", line 7: path "x" has ended

                Operation    Allowed    Why
                ---------    -------    ---
                read         yes        policy "dev", line 3: path "secret/*" allows it, if the answer is wrapped
                delete       no         no rule is for this path
                """;
        assertThat(session.run("policy", "explain", "secret/data/app")).isEqualTo(new Ran(0, table, ""));
        assertThat(session.last().body()).isEqualTo("{\"path\":\"secret/data/app\"}");
        assertThat(session.run(
                        "policy",
                        "explain",
                        "-operation=delete",
                        "-policy=dev,ops",
                        "-accessor=acc",
                        "secret/data/app"))
                .isEqualTo(new Ran(
                        0, table + "\nNeeded: path \"secret/data/app\" {\n  capabilities = [\"delete\"]\n}\n", ""));
        assertThat(session.last().body())
                .isEqualTo("{\"path\":\"secret/data/app\",\"operation\":\"delete\",\"accessor\":\"acc\","
                        + "\"policies\":[\"dev\",\"ops\"]}");
    }
}
