// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/// Values in a few mounts, and one more that somebody writes all the time, also while the daemon is killed.
final class KeptValues {
    private static final String WRITTEN = "m0/w";

    private final int mounts;
    private final int each;
    private volatile int tried;
    private volatile int acknowledged;

    /// @param each how many values are in each of the mounts
    KeptValues(int mounts, int each) {
        this.mounts = mounts;
        this.each = each;
    }

    void fill(DaemonProcess daemon, String token) throws Exception {
        for (int mount = 0; mount < mounts; mount++) {
            daemon.ask("POST", "sys/mounts/m" + mount, token, "{\"type\":\"kv\"}");
            for (int i = 0; i < each; i++) {
                daemon.ask("PUT", "m" + mount + "/" + i, token, value(mount * each + i));
            }
        }
        daemon.ask("PUT", WRITTEN, token, value(0));
    }

    private static String value(int n) {
        return "{\"n\":" + n + "}";
    }

    /// Writes the next one.
    boolean write(DaemonProcess daemon, String token) throws Exception {
        int next = tried + 1;
        tried = next;
        HttpResponse<String> answer = daemon.ask("PUT", WRITTEN, token, value(next));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        acknowledged = next;
        return true;
    }

    /// Every value reads; the one that is written is not older than what was acknowledged.
    void assertRead(DaemonProcess daemon, String token, String when) throws Exception {
        for (int mount = 0; mount < mounts; mount++) {
            for (int i = 0; i < each; i++) {
                assertThat(read(daemon, token, "m" + mount + "/" + i)).as(when).isEqualTo(mount * each + i);
            }
        }
        assertThat(read(daemon, token, WRITTEN)).as(when).isBetween(acknowledged, tried);
    }

    private static int read(DaemonProcess daemon, String token, String path) throws Exception {
        return DaemonProcess.number(daemon.ask("GET", path, token, "").body(), "n");
    }
}
