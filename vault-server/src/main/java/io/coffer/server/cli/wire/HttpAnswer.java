// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

/// What came back. The body may be a secret, so it is never printed.
///
/// @param url where the answer came from in the end, as a person would write it
public record HttpAnswer(int status, Headers headers, byte[] body, String url) {
    HttpAnswer from(String source) {
        return new HttpAnswer(status, headers, body, source);
    }

    boolean redirects() {
        return status == 301 || status == 302 || status == 307 || status == 308;
    }

    /// Whether the same call may be answered better a moment later.
    boolean passing() {
        return status >= 500 && status != 501 || status == 412 || status == 429;
    }

    @Override
    public String toString() {
        return "HttpAnswer[" + status + ", " + body.length + " bytes]";
    }
}
