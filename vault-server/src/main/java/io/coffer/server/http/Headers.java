// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.core.request.Credential;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The rules for request headers. A header that decides something and stands twice is refused: two programs
/// would read it differently.
final class Headers {
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String BEARER = "Bearer ";
    private static final CharSequence HOST = HttpHeaders.createOptimized("Host");
    private static final CharSequence AUTHORIZATION = HttpHeaders.createOptimized("Authorization");
    private static final CharSequence TOKEN = HttpHeaders.createOptimized("X-Vault-Token");
    private static final CharSequence WRAP_TTL = HttpHeaders.createOptimized("X-Vault-Wrap-TTL");
    static final CharSequence NAMESPACE = HttpHeaders.createOptimized("X-Vault-Namespace");
    private static final Pattern ROOT = Pattern.compile("/?|/?root/?");
    private static final Pattern MEDIA_TYPE = Pattern.compile("[!#$&^_.+a-zA-Z0-9-]+/[!#$&^_.+a-zA-Z0-9-]+");

    private Headers() {}

    /// A host that stands once and is printable; another transfer encoding than `chunked` would be read by nobody.
    static void checkFraming(MultiMap headers) {
        String host = single(headers, HOST).orElse("");
        if (!host.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new Refusal(400, "header Host is malformed");
        }
        if (!single(headers, HttpHeaders.TRANSFER_ENCODING).orElse("chunked").equalsIgnoreCase("chunked")) {
            throw new Refusal(400, "header Transfer-Encoding knows chunked only");
        }
    }

    /// HTTP/2 carries any bytes; what would end a line in HTTP/1 is malformed, and the codec lets it pass.
    static void checkText(MultiMap headers) {
        headers.forEach((name, value) -> {
            if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
                throw new Refusal(400, "a header contains a control character");
            }
        });
    }

    /// The token of the request: `X-Vault-Token`, else `Authorization: Bearer`. Another scheme is somebody else's.
    static Optional<Credential> credential(MultiMap headers) {
        String text = single(headers, TOKEN).orElse("");
        return text.isEmpty() ? bearer(headers) : Optional.of(credential(text));
    }

    private static Optional<Credential> bearer(MultiMap headers) {
        if (!headers.contains(AUTHORIZATION)) {
            return Optional.empty();
        }
        List<String> tokens = headers.getAll(AUTHORIZATION).stream()
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()).strip())
                .filter(value -> !value.isEmpty())
                .toList();
        if (tokens.size() > 1) {
            throw new Refusal(400, "header Authorization stands twice");
        }
        return tokens.stream().findFirst().map(Headers::credential);
    }

    private static Credential credential(String text) {
        try {
            return new Credential(text);
        } catch (IllegalArgumentException unprintable) {
            throw new Refusal(400, String.valueOf(unprintable.getMessage()));
        }
    }

    static Optional<String> wrap(MultiMap headers) {
        return single(headers, WRAP_TTL).filter(text -> !text.isEmpty());
    }

    /// The namespace header as it was sent. There is one namespace, called `root` or nothing, with or
    /// without a '/' at either end.
    static Optional<String> rootNamespace(MultiMap headers) {
        Optional<String> namespace = single(headers, NAMESPACE);
        namespace.ifPresent(text -> {
            if (!ROOT.matcher(text).matches()) {
                throw new Refusal(404, "namespace not found");
            }
        });
        return namespace;
    }

    static void demandMergePatch(MultiMap headers) {
        String type = mediaType(headers);
        if (!MEDIA_TYPE.matcher(type).matches()) {
            throw new Refusal(400, "PATCH requires Content-Type of " + MERGE_PATCH);
        }
        if (!type.equals(MERGE_PATCH)) {
            throw new Refusal(415, "PATCH requires Content-Type of " + MERGE_PATCH + ", provided " + type);
        }
    }

    static boolean formType(MultiMap headers) {
        return mediaType(headers).equals(FORM);
    }

    private static String mediaType(MultiMap headers) {
        String type = single(headers, HttpHeaders.CONTENT_TYPE).orElse("");
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    private static Optional<String> single(MultiMap headers, CharSequence name) {
        String first = headers.get(name);
        if (first == null) {
            return Optional.empty();
        }
        if (headers.getAll(name).size() > 1) {
            throw new Refusal(400, "header " + name + " stands twice");
        }
        return Optional.of(first);
    }

    /// The query with the format that a collector of metrics asks for by its header.
    static Map<String, List<String>> metricsFormat(MultiMap headers, Map<String, List<String>> query) {
        String accept = String.join(",", headers.getAll("Accept"));
        boolean asked = accept.startsWith("application/openmetrics-text") || accept.contains("prometheus/telemetry");
        return asked && !query.containsKey("format") ? Map.of("format", List.of("prometheus")) : query;
    }
}
