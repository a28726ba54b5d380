// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.audit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/// What a sink writes to, and can open again.
interface Target {
    /// Opens it at its end.
    ///
    /// @throws IOException whose message names the target and what to do about it
    Opened open() throws IOException;

    /// @param midLine whether what is there already ends in the middle of a line
    record Opened(WritableByteChannel channel, boolean midLine) {}

    /// Standard output, which stays open when the sink closes.
    static Target standardOutput() {
        WritableByteChannel out = Channels.newChannel(new FileOutputStream(FileDescriptor.out));
        return () -> new Opened(keptOpen(out), false);
    }

    private static WritableByteChannel keptOpen(WritableByteChannel out) {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer bytes) throws IOException {
                return out.write(bytes);
            }

            @Override
            public boolean isOpen() {
                return out.isOpen();
            }

            @Override
            public void close() {
                // whoever started the process owns it
            }
        };
    }
}
