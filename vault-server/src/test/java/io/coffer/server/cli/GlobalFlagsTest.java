// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.coffer.server.cli.Session.Ran;
import io.coffer.server.cli.wire.FakeServer.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Flags and variables that every command has.
class GlobalFlagsTest extends InSession {
    @BeforeEach
    void start() {
        session.whenData("GET a/b", "{\"x\":\"y\"}");
    }

    @Test
    void aFlagBeatsTheVariablesAndOneVariableTheOther() {
        String address = session.address();
        session.env.put("VAULT_ADDR", "http://nowhere.invalid:1");
        assertThat(session.run("read", "-address=" + address, "a/b").exit()).isZero();
        session.env.put("BAO_ADDR", address + "/");
        assertThat(session.run("read", "a/b").exit()).isZero();
        session.env.put("BAO_ADDR", "");
        session.env.put("VAULT_ADDR", address);
        Ran ran = session.run("read", "a/b");
        assertThat(ran.exit()).as("set and empty: the default address").isEqualTo(2);
        assertThat(ran.err()).contains("https://127.0.0.1:8200");
    }

    @Test
    void anAgentIsGoneThroughWhereThereIsOne() {
        session.env.put("VAULT_AGENT_ADDR", session.address());
        session.env.put("VAULT_ADDR", "http://nowhere.invalid:1");
        assertThat(session.run("read", "a/b").exit()).isZero();
        assertThat(session.run("read", "-agent-address=http://nowhere.invalid:1", "a/b")
                        .exit())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"ns1, ns1/", "/ns1/ns2/, ns1/ns2/"})
    void theNamespaceIsAHeader(String given, String sent) {
        session.run("read", "-namespace=" + given, "a/b");
        assertThat(session.last().headers()).containsEntry("x-vault-namespace", sent);
        session.env.put("BAO_NAMESPACE", given);
        session.run("read", "a/b");
        assertThat(session.last().headers()).containsEntry("x-vault-namespace", sent);
        session.run("read", "-ns=", "a/b");
        assertThat(session.last().headers()).doesNotContainKey("x-vault-namespace");
    }

    @Test
    void headersMayBeAdded() {
        session.run("read", "-header=X-One=1=2", "-header", "X-Two=", "-mfa=id:123", "a/b");
        assertThat(session.last().headers())
                .containsEntry("x-one", "1=2")
                .containsEntry("x-two", "")
                .containsEntry("x-vault-mfa", "id:123");
        for (String bad : new String[] {"X-Vault-Token=x", "x-vault-wrap-ttl=1", "novalue", "=x", "a b=c", "a=b\nc"}) {
            assertThat(session.run("read", "-header=" + bad, "a/b").exit())
                    .as(bad)
                    .isEqualTo(1);
        }
        assertThat(session.seen()).hasSize(1);
    }

    @Test
    void aWrapTimeComesFromTheFlagOrTheVariable() {
        session.env.put("VAULT_WRAP_TTL", "60");
        session.run("read", "a/b");
        assertThat(session.last().headers()).containsEntry("x-vault-wrap-ttl", "60");
        session.run("read", "-wrap-ttl=5m", "a/b");
        assertThat(session.last().headers()).containsEntry("x-vault-wrap-ttl", "5m");
    }

    @Test
    void theFormatComesFromTheFlagOrTheVariable() {
        session.env.put("VAULT_FORMAT", "json");
        assertThat(session.run("read", "a/b").out()).startsWith("{\n");
        assertThat(session.run("read", "-format=YML", "a/b").out()).contains("data:\n  x: \"y\"\n");
        assertThat(session.run("read", "-format=pretty", "a/b").out()).startsWith("{\n");
        assertThat(session.run("read", "-format=raw", "a/b").out()).isEqualTo(Session.envelope("{\"x\":\"y\"}"));
        assertThat(session.run("read", "-format=xml", "a/b").exit()).isEqualTo(1);
    }

    @Test
    void triesAndTimeComeFromTheEnvironment() {
        session.env.put("VAULT_MAX_RETRIES", "1");
        session.when("GET a/b", 500, "{\"errors\":[\"x\"]}");
        assertThat(session.run("read", "a/b").exit()).isEqualTo(2);
        assertThat(session.seen()).hasSize(2);
        for (String bad : new String[] {"-1", "x", "1000000"}) {
            session.env.put("VAULT_MAX_RETRIES", bad);
            assertThat(session.run("read", "a/b").exit()).as(bad).isEqualTo(1);
        }
        session.env.put("VAULT_MAX_RETRIES", "0");
        for (String bad : new String[] {"x", "0", "-1s"}) {
            session.env.put("VAULT_CLIENT_TIMEOUT", bad);
            assertThat(session.run("read", "a/b").err()).as(bad).contains("VAULT_CLIENT_TIMEOUT");
        }
        session.env.put("VAULT_CLIENT_TIMEOUT", "1m30s");
        assertThat(session.run("read", "a/b").exit()).isEqualTo(2);
    }

    @Test
    void whatThisClientCannotDoIsSaidAndNotPassedOver() {
        for (String name : new String[] {"VAULT_PROXY_ADDR", "BAO_HTTP_PROXY", "VAULT_SRV_LOOKUP"}) {
            session.env.put(name, "http://proxy");
            Ran ran = session.run("read", "a/b");
            assertThat(ran.exit()).isEqualTo(1);
            assertThat(ran.err()).contains(name);
            session.env.remove(name);
        }
        assertThat(session.run("read", "-client-cert=x", "a/b").err()).contains("-client-key");
        session.env.put("VAULT_SKIP_VERIFY", "perhaps");
        assertThat(session.run("read", "a/b").err()).contains("VAULT_SKIP_VERIFY");
        assertThat(session.seen()).isEmpty();
    }

    @Test
    void aCurlCommandIsPrintedInsteadWithoutTheToken() {
        session.withMount("2");
        Ran ran = session.run(
                "kv", "put", "-output-curl-string", "-namespace=ns", "-header=X-A=it's", "secret/app", "a=it's $HOME");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .isEqualTo("curl -X PUT -H 'X-Vault-Request: true' -H \"X-Vault-Token: $(coffer print token)\""
                        + " -H 'X-Vault-Namespace: ns/' -H 'X-A: it'\\''s' -H 'Content-Type: application/json'"
                        + " -d '{\"data\":{\"a\":\"it'\\''s $HOME\"},\"options\":{}}' '" + session.address()
                        + "/v1/secret/data/app'\n");
        assertThat(session.seen()).as("only the way there was asked for").hasSize(1);
    }

    @Test
    void aCurlCommandNamesWhatItNeedsForTlsAndUnixSockets() {
        assertThat(session.run("read", "-output-curl-string", "-address=unix:///run/v.sock", "-tls-skip-verify", "a/b")
                        .out())
                .endsWith(" --unix-socket '/run/v.sock' 'http://localhost/v1/a/b'\n")
                .contains(" --insecure ");
        assertThat(session.run(
                                "read",
                                "-output-curl-string",
                                "-ca-cert=ca.pem",
                                "-client-cert=c.pem",
                                "-client-key=k.pem",
                                "a/b")
                        .out())
                .contains(" --cacert 'ca.pem' --cert 'c.pem' --key 'k.pem' ");
    }

    @Test
    void aPolicyIsPrintedInstead() {
        session.withMount("2");
        assertThat(session.run("kv", "put", "-output-policy", "secret/app", "a=b")
                        .out())
                .isEqualTo("path \"secret/data/app\" {\n  capabilities = [\"create\", \"update\"]\n}\n");
        assertThat(session.run("list", "-output-policy", "a").out()).contains("[\"list\"]");
        assertThat(session.run("read", "-output-policy", "a\"b").out()).contains("path \"a\\\"b\"", "[\"read\"]");
        assertThat(session.run("delete", "-output-policy", "a").out()).contains("[\"delete\"]");
    }

    @Test
    void aRedirectMayBeDeclined() {
        session.when("GET a/b", Answer.of(307, "", "Location: /v1/c"));
        session.whenData("GET c", "{\"x\":1}");
        assertThat(session.run("read", "a/b").exit()).isZero();
        assertThat(session.run("read", "-disable-redirects", "a/b").err()).contains("Code: 307");
        session.env.put("VAULT_DISABLE_REDIRECTS", "1");
        assertThat(session.run("read", "a/b").exit()).isEqualTo(2);
    }
}
