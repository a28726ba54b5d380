// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import java.util.List;

/// The flags of every command. Each beats the environment variable that its help names; `BAO_X` beats
/// `VAULT_X`.
public final class GlobalFlags {
    static final Flag ADDRESS =
            Flag.text("address", "URL", "Where the vault is: https://, http:// or unix:// (VAULT_ADDR).");
    static final Flag AGENT_ADDRESS =
            Flag.text("agent-address", "URL", "An agent to go through instead of -address (VAULT_AGENT_ADDR).");
    static final Flag CA_CERT =
            Flag.text("ca-cert", "FILE", "PEM file of the authorities that may sign for the vault (VAULT_CACERT).");
    static final Flag CA_PATH = Flag.text("ca-path", "DIR", "Folder of such PEM files (VAULT_CAPATH).");
    static final Flag CLIENT_CERT =
            Flag.text("client-cert", "FILE", "PEM file of the client's certificate (VAULT_CLIENT_CERT).");
    static final Flag CLIENT_KEY = Flag.text("client-key", "FILE", "PEM file of its key (VAULT_CLIENT_KEY).");
    static final Flag TLS_SERVER_NAME = Flag.text(
            "tls-server-name", "NAME", "Name to ask for and to check in the certificate (VAULT_TLS_SERVER_NAME).");
    static final Flag TLS_SKIP_VERIFY = Flag.on(
            "tls-skip-verify", "Do not check the certificate. Anyone in between can read all (VAULT_SKIP_VERIFY).");
    static final Flag DISABLE_REDIRECTS =
            Flag.on("disable-redirects", "Do not follow a redirect (VAULT_DISABLE_REDIRECTS).");
    static final Flag NAMESPACE = Flag.text("namespace", "PATH", "Namespace to work in (VAULT_NAMESPACE).")
            .or("ns");
    static final Flag HEADER = Flag.list("header", "NAME=VALUE", "One more header for the request.");
    static final Flag MFA = Flag.list("mfa", "ID[:CODE]", "Credentials of a second factor (VAULT_MFA).");
    static final Flag WRAP_TTL =
            Flag.text("wrap-ttl", "DURATION", "Ask for a wrapped answer that lives so long (VAULT_WRAP_TTL).");
    static final Flag FORMAT = Flag.text("format", "FORMAT", "table, json, yaml, pretty or raw (VAULT_FORMAT).");
    static final Flag OUTPUT_CURL =
            Flag.on("output-curl-string", "Print the curl command for the request instead of sending it.");
    static final Flag OUTPUT_POLICY =
            Flag.on("output-policy", "Print the policy that the request needs, and send nothing.");
    static final Flag NON_INTERACTIVE = Flag.on("non-interactive", "Ask nothing, even at a terminal.");

    /// Not in [#ALL]: for the commands whose answer has fields.
    public static final Flag FIELD =
            Flag.text("field", "NAME", "Print that field alone, without a line break unless at a terminal.");

    static final List<Flag> ALL = List.of(
            ADDRESS,
            AGENT_ADDRESS,
            CA_CERT,
            CA_PATH,
            CLIENT_CERT,
            CLIENT_KEY,
            TLS_SERVER_NAME,
            TLS_SKIP_VERIFY,
            DISABLE_REDIRECTS,
            NAMESPACE,
            HEADER,
            MFA,
            WRAP_TTL,
            FORMAT,
            OUTPUT_CURL,
            OUTPUT_POLICY,
            NON_INTERACTIVE);

    private GlobalFlags() {}
}
