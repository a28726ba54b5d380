// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import io.coffer.core.request.JsonLimits;
import java.util.Objects;

/// What all requests together and each by itself may cost; stanza `limits`.
///
/// @param inFlight requests at work at one time; more are answered 503 at once
/// @param connections open connections of all listeners
/// @param headerBytes the head of a request
public record RequestLimits(JsonLimits json, int inFlight, int connections, int headerBytes) {
    public static final RequestLimits DEFAULT = new RequestLimits(JsonLimits.DEFAULT, 1_024, 16_384, 64 << 10);

    public RequestLimits {
        Objects.requireNonNull(json, "json");
        Checks.range("json_depth", json.depth(), 1, 500);
        Checks.range("json_string_bytes", json.stringBytes(), 1, Traffic.MAX_REQUEST_SIZE);
        Checks.range("json_strings", json.strings(), 1, 100_000_000);
        Checks.range("json_number_digits", json.numberDigits(), 1, 100_000);
        Checks.range("json_values", json.values(), 1, 100_000_000);
        Checks.range("in_flight_requests", inFlight, 1, 1_000_000);
        Checks.range("connections", connections, 1, 1_000_000);
        Checks.range("header_bytes", headerBytes, 1_024, 1 << 20);
    }
}
