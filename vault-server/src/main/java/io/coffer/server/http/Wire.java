// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.buffer.BufferInternal;

/// What needs more of Vert.x than it promises to keep; a change of its version is to be checked here.
final class Wire {
    private static final String SERVER_HANDLER = "handler";

    private Wire() {}

    /// Zeroes a buffer whose bytes have been taken over.
    static void zero(Buffer chunk) {
        ByteBuf bytes = ((BufferInternal) chunk).getByteBuf();
        if (!bytes.isReadOnly()) {
            bytes.setZero(0, bytes.capacity());
        }
    }

    /// A buffer over these bytes, which are not copied.
    static Buffer wrap(byte[] bytes) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }

    /// Puts a handler between the HTTP/1 codec and the server. HTTP/2 has no such place.
    static void behindCodec(HttpConnection connection, ChannelHandler handler) {
        ChannelPipeline pipeline =
                ((HttpServerConnection) connection).channelHandlerContext().pipeline();
        if (pipeline.get("httpDecoder") != null) {
            pipeline.addBefore(SERVER_HANDLER, "client", handler);
        }
    }

    static boolean isHttp1(HttpVersion version) {
        return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
    }
}
