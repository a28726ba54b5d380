// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.hcl;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// Good texts to start from, and shorthands.
final class Samples {
    private Samples() {}

    static final String CONFIGURATION = """
            # a daemon
            listener "tcp" {
              address     = "127.0.0.1:8200"  // loopback
              tls_disable = true
              custom_response_headers {
                "default" = { "X-A" = ["a", "b",], "X-B" = ["c"] }
              }
            }
            storage "rocksdb" { path = "/var/lib/coffer" }
            /* a comment
             * over lines */
            audit "file" "main" {
              options = { file_path = "audit.log", log_raw = false }
            }
            default_lease_ttl = 3600
            ratio = -1.5e3
            cluster_name = "a\\"b\\\\\\u00e4\\U0001F600\\n"
            text = <<EOF
            as it \\n is "quoted" {
            EOF
            shifted = <<-END
                two
                  four
                END
            """;

    static final String POLICY = """
            path "secret/data/{{identity.entity.name}}/*" {
              capabilities = ["create", "read"]
              allowed_parameters = {
                "kind" = ["a", "b"]
                "*"    = []
              }
              min_wrapping_ttl = "1s"
            }
            "path" "sys/health" { policy = "read" }
            """;

    static final String JSON = """
            {
              "listener": [{"tcp": {"address": "127.0.0.1:8200", "tls_disable": true}}, {"unix": {"address": "/run/s"}}],
              "storage": {"rocksdb": {"path": "/var/lib/coffer"}},
              "numbers": [0, -1, 12.5, 1e3, 9007199254740993],
              "text": "\\u00e4\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\"\\\\",
              "empty": {"list": [], "object": {}}
            }
            """;

    static final List<String> ALL = List.of(CONFIGURATION, POLICY, JSON);

    static Body parse(String text) {
        return Hcl.parse(text, HclLimits.DEFAULT);
    }

    static Body parseBytes(String text) {
        return Hcl.parse(text.getBytes(StandardCharsets.UTF_8), HclLimits.DEFAULT);
    }

    /// The value of the one attribute in the text.
    static Value value(String text) {
        return ((Item.Attribute) parse(text).items().getFirst()).value();
    }

    static String text(String text) {
        return ((Value.Text) value(text)).text();
    }
}
