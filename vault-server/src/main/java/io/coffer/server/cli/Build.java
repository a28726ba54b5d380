// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

/// What the build wrote about itself.
final class Build {
    private Build() {}

    /// Outside a jar there is nothing written, and so no number.
    static String version() {
        String written = Build.class.getPackage().getImplementationVersion();
        return written == null ? "0.0.0-unbuilt" : written;
    }
}
