// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

/// Where the vault listens: a host and port with or without TLS, or a Unix socket.
public sealed interface Address {
    /// What stands before the target of each call.
    String prefix();

    /// The value of the `Host` header.
    String host();

    /// As a person writes it, without a slash at the end.
    String text();

    /// @param name a host's name, or a numeric address without brackets
    /// @param prefix empty, or a path that starts with `/` and does not end with it
    record Tcp(boolean tls, String name, int port, String prefix) implements Address {
        public Tcp {
            if (name.isEmpty() || port < 1 || port > 65_535) {
                throw new IllegalArgumentException("an address needs a host and a port from 1 to 65535");
            }
        }

        @Override
        public String host() {
            String bracketed = name.indexOf(':') >= 0 ? "[" + name + "]" : name;
            return port == (tls ? 443 : 80) ? bracketed : bracketed + ":" + port;
        }

        @Override
        public String text() {
            return (tls ? "https://" : "http://") + host() + prefix;
        }
    }

    record Unix(String path) implements Address {
        @Override
        public String prefix() {
            return "";
        }

        @Override
        public String host() {
            return "localhost";
        }

        @Override
        public String text() {
            return "unix://" + path;
        }
    }

    /// @throws IllegalArgumentException with advice, if the text is no address
    static Address parse(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) == 127) {
                throw new IllegalArgumentException("an address holds no blank and no control character");
            }
        }
        if (text.startsWith("unix://")) {
            String path = text.substring("unix://".length());
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("a Unix socket is written unix:///absolute/path");
            }
            return new Unix(path);
        }
        if (text.startsWith("https://")) {
            return tcp(true, text.substring("https://".length()));
        }
        if (text.startsWith("http://")) {
            return tcp(false, text.substring("http://".length()));
        }
        throw new IllegalArgumentException("an address starts with https://, http:// or unix://");
    }

    private static Address tcp(boolean tls, String rest) {
        if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0 || rest.indexOf('@') >= 0 || rest.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("an address holds no user, no query and no fragment");
        }
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String prefix = slash < 0 ? "" : rest.substring(slash);
        while (prefix.endsWith("/")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
        int bracket = authority.lastIndexOf(']');
        int colon = authority.indexOf(':', bracket + 1);
        String name = colon < 0 ? authority : authority.substring(0, colon);
        if (bracket >= 0) {
            if (!authority.startsWith("[") || name.length() != bracket + 1) {
                throw new IllegalArgumentException("an IPv6 address is written [::1]");
            }
            name = name.substring(1, bracket);
        }
        return new Tcp(tls, name, colon < 0 ? (tls ? 443 : 80) : port(authority.substring(colon + 1)), encoded(prefix));
    }

    private static int port(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("the port of an address is a number from 1 to 65535", notANumber);
        }
    }

    /// The prefix as typed, with what cannot stand in a request line percent-encoded.
    private static String encoded(String prefix) {
        return prefix.indexOf('%') >= 0 ? prefix : Target.encodePath(prefix);
    }
}
