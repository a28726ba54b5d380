// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

/// Where a redirect leads. From TLS to no TLS is refused: the token would go in the clear.
record Redirect(Address address, String target) {
    Redirect {
        HttpCall.checkTarget(target);
    }

    static Redirect parse(String location, Address from) throws WireException {
        try {
            int fragment = location.indexOf('#');
            String where = fragment < 0 ? location : location.substring(0, fragment);
            if (where.startsWith("/") && !where.startsWith("//")) {
                return new Redirect(bare(from), where);
            }
            int path = where.indexOf('/', where.indexOf("//") + 2);
            Address to = Address.parse(path < 0 ? where : where.substring(0, path));
            if (!(to instanceof Address.Tcp tcp)) {
                throw new WireException("the server redirects to something that is no web address");
            }
            if (!tcp.tls() && from instanceof Address.Tcp origin && origin.tls()) {
                throw new WireException(
                        "the server redirects from https to http; refused, since the token would go in the clear");
            }
            return new Redirect(to, path < 0 ? "/" : where.substring(path));
        } catch (IllegalArgumentException malformed) {
            throw new WireException("the server redirects to something that is no web address", malformed);
        }
    }

    /// The same place without its prefix: a location names the whole path.
    private static Address bare(Address from) {
        return from instanceof Address.Tcp tcp ? new Address.Tcp(tcp.tls(), tcp.name(), tcp.port(), "") : from;
    }
}
