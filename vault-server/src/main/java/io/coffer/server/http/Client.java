// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.core.request.Origin;
import io.coffer.server.config.Timeouts;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;

/// One connection: how long it has been in its state, and whether somebody is still there.
///
/// For HTTP/1 it stands between codec and server. There it sees what a server does not: that the first
/// bytes of a request have come and the rest has not (a client that sends a header a minute), and the
/// buffers that the socket was read into, which it zeroes where they held a body.
final class Client extends ChannelInboundHandlerAdapter {
    private enum Phase {
        /// No request yet.
        CONNECTED,
        /// Some bytes of a request's head.
        HEAD,
        /// Between requests, or in one.
        SERVED,
        /// Answered; what still comes is dropped.
        DROPPING,
        /// Answered for the last time; read for a moment, so that the client gets to see the answer.
        LINGERING
    }

    private final Timeouts limits;
    private final Origin origin;
    private Phase phase = Phase.CONNECTED;
    private Duration since;
    private Duration now;
    private int open;
    private boolean headAwaited = true;
    private boolean moved;
    private volatile boolean gone;

    Client(Timeouts limits, Origin origin, Duration now) {
        this.limits = limits;
        this.origin = origin;
        this.since = now;
        this.now = now;
    }

    Origin origin() {
        return origin;
    }

    /// From any thread.
    boolean gone() {
        return gone;
    }

    void leave() {
        gone = true;
    }

    void requestBegins() {
        open++;
        if (phase != Phase.LINGERING) {
            phase = Phase.SERVED;
        }
    }

    /// The answer is ready; how long it may take from here is another's to watch.
    ///
    /// @param ended whether all of its body has come
    void requestAnswered(boolean ended) {
        if (phase == Phase.SERVED && !ended) {
            phase = Phase.DROPPING;
        }
    }

    /// The client has taken the answer, or has gone.
    void answerWritten() {
        open--;
        since = now;
    }

    void linger() {
        phase = Phase.LINGERING;
        since = now;
    }

    /// Called each second: whether the connection has been too long in its state.
    boolean overdue(Duration time) {
        now = time;
        Duration limit =
                switch (phase) {
                    case CONNECTED, HEAD -> limits.header();
                    case SERVED -> limits.idle();
                    case DROPPING -> limits.read();
                    case LINGERING -> Edge.LINGER;
                };
        return open == 0 && time.minus(since).compareTo(limit) > 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        moved = true;
        if (message instanceof HttpRequest request) {
            headAwaited = false;
            refuseOtherVersions(request);
        }
        if (message instanceof LastHttpContent) {
            headAwaited = true;
            if (phase == Phase.DROPPING) {
                phase = Phase.SERVED;
                since = now;
            }
        }
        context.fireChannelRead(
                message instanceof HttpContent content && content.content().isReadable() ? moved(content) : message);
    }

    /// The codec takes anything of the form of a version, and would answer in it. Compared by identity, as the server
    /// does: `http/1.1` is equal to a version that it knows, and is none.
    @SuppressWarnings("ReferenceEquality")
    private static void refuseOtherVersions(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        if (version != HttpVersion.HTTP_1_1 && version != HttpVersion.HTTP_1_0) {
            request.setProtocolVersion(HttpVersion.HTTP_1_1);
            request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("HTTP version")));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (headAwaited && !moved && phase == Phase.SERVED) {
            phase = Phase.HEAD;
            since = now;
        }
        moved = false;
        context.fireChannelReadComplete();
    }

    /// The content in an array of its own. The server would copy it too; the buffer of the socket is zeroed
    /// behind it.
    private static HttpContent moved(HttpContent content) {
        ByteBuf from = content.content();
        byte[] bytes = new byte[from.readableBytes()];
        from.getBytes(from.readerIndex(), bytes);
        if (!from.isReadOnly()) {
            from.setZero(from.readerIndex(), bytes.length);
        }
        HttpContent copy = content instanceof LastHttpContent
                ? new DefaultLastHttpContent(Unpooled.wrappedBuffer(bytes))
                : new DefaultHttpContent(Unpooled.wrappedBuffer(bytes));
        copy.setDecoderResult(content.decoderResult());
        content.release();
        return copy;
    }
}
