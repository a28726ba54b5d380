// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.request;

import io.coffer.core.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request as it came from the network: limited and canonical, neither authenticated nor parsed.
///
/// @param id a lower-case UUID
/// @param query parameters in their order, without `list`, `scan` and `help`
/// @param body the bytes of the body as they came; the pipeline zeroes them when it is done
/// @param form how the body is to be read
/// @param credential the client's token, if it sent one
/// @param wrap the text of the wrap header, if it sent one
/// @param deadline on the elapsed clock: what is past it is not accepted any more
public record Incoming(
        String id,
        Operation operation,
        RequestPath path,
        Map<String, List<String>> query,
        byte[] body,
        Form form,
        Optional<Credential> credential,
        Optional<String> wrap,
        Origin origin,
        Duration deadline) {

    public Incoming {
        query = Map.copyOf(query);
    }

    /// How long the answer is to lie wrapped; empty if it is not to be wrapped, or if the header says no length.
    public Optional<Duration> wrapTtl() {
        return wrap.flatMap(Durations::parse).filter(Duration::isPositive);
    }

    /// How a body is to be read.
    public enum Form {
        JSON,
        FORM_URLENCODED
    }

    @Override
    public String toString() {
        return "Incoming[" + id + " " + operation + " " + path + "]";
    }
}
