// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.vertx.core.impl.transports.EpollTransport;
import io.vertx.core.impl.transports.NioTransport;
import io.vertx.core.spi.transport.Transport;

/// Counts connections where they are accepted, before a handshake and before a byte is read: a client that
/// opens thousands and says nothing costs no more than the limit, and the disk's files keep their
/// descriptors. One too many is closed at once.
@ChannelHandler.Sharable
final class AcceptGate extends ChannelInboundHandlerAdapter implements io.vertx.core.transport.Transport {
    private static final boolean NATIVE = EPOLL != null && EPOLL.available();

    private final Admission admission;

    AcceptGate(Admission admission) {
        this.admission = admission;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel accepted = (Channel) message;
        if (admission.connect()) {
            accepted.closeFuture().addListener(closed -> admission.disconnect());
            context.fireChannelRead(accepted);
        } else {
            accepted.unsafe().closeForcibly();
        }
    }

    @Override
    public String name() {
        return NATIVE ? "epoll" : "nio";
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public Throwable unavailabilityCause() {
        return new IllegalStateException("available");
    }

    @Override
    public Transport implementation() {
        return NATIVE ? new GatedEpoll() : new GatedNio();
    }

    private <T extends ServerChannel> T guard(T channel) {
        channel.pipeline().addFirst(this);
        return channel;
    }

    private final class GatedEpoll extends EpollTransport {
        @Override
        public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
            ChannelFactory<? extends ServerChannel> factory = super.serverChannelFactory(domainSocket);
            return () -> guard(factory.newChannel());
        }
    }

    private final class GatedNio extends NioTransport {
        @Override
        public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
            ChannelFactory<? extends ServerChannel> factory = super.serverChannelFactory(domainSocket);
            return () -> guard(factory.newChannel());
        }
    }
}
