// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

/// Every key that is known: ours and the field's. A key that the field has and that is not here is an error
/// like any other unknown one.
final class KnownKeys {
    static final Keys TOP = Keys.settings(
                    "ui",
                    "api_addr",
                    "cluster_name",
                    "log_level",
                    "log_format",
                    "log_file",
                    "default_lease_ttl",
                    "max_lease_ttl",
                    "default_max_request_duration",
                    "disable_mlock",
                    "pid_file",
                    "audit_directory",
                    "seal_grace",
                    "unseal_expiry",
                    "ceremony_expiry",
                    "key_destroy_wait",
                    "deprecated_key_grace")
            .stanzas("listener", "storage", "backend", "seal", "audit", "limits", "user_lockout")
            .ignored("there is no clustering yet", "cluster_addr", "disable_clustering", "disable_standby_reads")
            .ignored("the log is not rotated; on SIGHUP it is opened anew", "log_rotate_*")
            .ignored("caches size themselves", "disable_cache", "cache_size")
            .ignored("there are no plugins", "plugin", "plugin_*")
            .ignored("there is no such endpoint", "raw_storage_endpoint", "introspection_endpoint")
            .ignored("sys/metrics tells all that is counted; nothing is sent anywhere or tuned", "telemetry")
            .ignored("nothing is registered anywhere", "service_registration")
            .ignored("there is no such header", "enable_response_header_*")
            .ignored("it is always strict", "disable_printable_check", "unsafe_*", "allow_unauthenticated_workflows")
            .ignored("audit devices come from stanzas alone", "allow_audit_log_prefixing")
            .ignored(
                    "it has no meaning here",
                    "disable_sealwrap",
                    "log_requests_level",
                    "detect_deadlocks",
                    "imprecise_lease_role_tracking")
            .refused("one storage holds everything; leave it out", "ha_storage")
            .refused("the vault is initialised by `coffer operator init`; leave it out", "initialize");

    static final Keys LIMITS = Keys.settings(
            "json_depth",
            "json_string_bytes",
            "json_strings",
            "json_number_digits",
            "json_values",
            "in_flight_requests",
            "connections",
            "header_bytes");

    static final Keys LOCKOUT =
            Keys.settings("lockout_threshold", "lockout_duration", "lockout_counter_reset", "disable_lockout");

    static final Keys TRAFFIC = Keys.settings(
                    "address",
                    "tls_disable",
                    "max_request_size",
                    "max_request_duration",
                    "http_read_timeout",
                    "http_read_header_timeout",
                    "http_write_timeout",
                    "http_idle_timeout",
                    "legacy_ceremonies")
            .stanzas("custom_response_headers", "telemetry")
            .always(
                    true,
                    "anonymous ceremonies are turned on by legacy_ceremonies = true alone",
                    "disable_unauthed_rekey_endpoints",
                    "disable_unauthed_generate_root_endpoints")
            .ignored("the size of the request bounds it", "max_request_json_memory")
            .ignored(
                    "limits { json_strings = … } counts for all listeners together; write it there",
                    "max_request_json_strings")
            .ignored("there is no such endpoint", "profiling", "inflight_requests_logging")
            .ignored(
                    "sys/config/cors says which pages may ask, for all listeners",
                    "cors_enabled",
                    "cors_allowed_origins")
            .refused("forwarded addresses are not supported; the peer's address counts", "x_forwarded_for_*")
            .refused("the PROXY protocol is not supported", "proxy_protocol_*");

    static final Keys LISTENER_TELEMETRY = Keys.settings("unauthenticated_metrics_access")
            .only(false, "a listener serves everything", "metrics_only", "disallow_metrics");

    private static final String CLIENTS =
            "a listener asks for client certificates and demands none; the login method cert says whom it trusts";

    static final Keys TCP = TRAFFIC.and(Keys.settings(
                    "tls_cert_file", "tls_key_file", "tls_min_version", "tls_max_version", "tls_disable_client_certs")
            .only(false, CLIENTS, "tls_require_and_verify_client_cert")
            .refused(CLIENTS, "tls_client_ca_file")
            .refused(
                    "the suites are fixed: forward secrecy and authenticated encryption only",
                    "tls_cipher_suites",
                    "tls_prefer_server_cipher_suites")
            .refused("ACME is not supported; name tls_cert_file and tls_key_file", "tls_acme_*")
            .ignored("there is no clustering yet", "cluster_address"));

    static final Keys UNIX = TRAFFIC.and(
            Keys.settings("socket_mode", "socket_user", "socket_group").refused("a Unix socket has no TLS", "tls_*"));

    static final Keys ROCKSDB = Keys.settings("path");

    static final Keys NOTHING = Keys.settings();

    static final Keys AUDIT = Keys.settings("description").stanzas("options").ignored("every node is one", "local");

    static final Keys AUDIT_OPTIONS = Keys.settings("file_path", "mode", "log_raw", "hmac_accessor")
            .refused("lines are JSON and nothing else", "prefix", "format");

    private KnownKeys() {}
}
