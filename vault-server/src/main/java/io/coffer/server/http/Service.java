// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.core.Observer;
import io.coffer.core.Time;

/// What all listeners share.
///
/// @param observer hears of requests that ended in a defect
public record Service(RequestHandler handler, Workers workers, Admission admission, Time time, Observer observer) {}
