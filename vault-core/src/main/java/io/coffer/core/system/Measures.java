// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.request.Json;

/// What is counted about this process.
public interface Measures {
    /// In the text form that Prometheus reads.
    String prometheus();

    /// In the form of the field's older collectors.
    Json json();
}
