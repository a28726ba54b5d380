// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.http2.Http2Connection;
import io.vertx.core.internal.buffer.BufferInternal;

/// What needs more of Vert.x than it promises to keep; a change of its version is to be checked here.
final class Wire {
    private static final String SERVER_HANDLER = "handler";
    private static final long CANCEL = 8;

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

    /// Ends a request's connection without waiting for what is still to be written, which its client does
    /// not read. Of HTTP/2 that is the stream.
    static void cut(HttpServerRequest request) {
        if (isHttp1(request.version())) {
            cut(request.connection());
        } else {
            // Not by the response: one that was handed over whole counts as ended there, taken or not.
            ((Http2Connection) request.connection())
                    .writeReset((int) request.response().streamId(), CANCEL, Promise.promise());
        }
    }

    /// The same for a whole connection. Begins below the server's own handler, which would flush first.
    static void cut(HttpConnection connection) {
        // Nothing is left to do for the connection, however its closing ends.
        var unused = ((HttpServerConnection) connection).channelHandlerContext().close();
    }

    static boolean isHttp1(HttpVersion version) {
        return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
    }
}
