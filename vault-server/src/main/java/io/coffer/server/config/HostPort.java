// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.config;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where a listener is bound: `127.0.0.1:8200`, `[::1]:8200`, `localhost:8200`, `:8200` (every interface).
///
/// @param host an IP address, without brackets, or a name
/// @param port 0 lets the system choose
public record HostPort(String host, int port) {
    /// The port when none is written.
    public static final int DEFAULT_PORT = 8200;

    private static final String EVERY_INTERFACE = "0.0.0.0";
    private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*");
    private static final Pattern DOTTED = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.|$)){4}");

    public HostPort {
        if (!isHost(host)) {
            throw new IllegalArgumentException("expected an IP address or a host name before the port");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("expected a port from 0 to 65535");
        }
    }

    /// @throws IllegalArgumentException if the text is no address to listen on
    public static HostPort parse(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            String rest = end < 0 ? "?" : text.substring(end + 1);
            boolean complete = end > text.indexOf(':') && text.indexOf(':') > 0;
            if (!complete || !rest.isEmpty() && !rest.startsWith(":")) {
                throw new IllegalArgumentException("expected an IPv6 address as [address]:port");
            }
            return new HostPort(text.substring(1, end), rest.isEmpty() ? DEFAULT_PORT : port(rest.substring(1)));
        }
        int colon = text.indexOf(':');
        if (colon != text.lastIndexOf(':')) {
            throw new IllegalArgumentException("expected host:port; an IPv6 address stands in brackets");
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        return new HostPort(
                host.isEmpty() && colon == 0 ? EVERY_INTERFACE : host,
                colon < 0 ? DEFAULT_PORT : port(text.substring(colon + 1)));
    }

    /// Whether only this machine can reach it. Of names, only `localhost` counts: what another name means
    /// is not ours to say.
    public boolean isLoopback() {
        return host.equalsIgnoreCase("localhost")
                || literal(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    private static boolean isHost(String host) {
        if (host.indexOf(':') >= 0) {
            return host.indexOf('%') < 0 && literal(host).isPresent();
        }
        boolean looksLikeAddress = host.matches("[0-9.]+");
        return looksLikeAddress
                ? DOTTED.matcher(host).matches() && !host.endsWith(".")
                : NAME.matcher(host).matches();
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException name) {
            return Optional.empty();
        }
    }

    private static int port(String text) {
        if (!PORT.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a port from 0 to 65535 after the colon");
        }
        return Integer.parseInt(text);
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
