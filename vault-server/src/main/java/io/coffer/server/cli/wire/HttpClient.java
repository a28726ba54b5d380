// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.wire;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Sends calls to one vault: tries again after a passing failure, follows one redirect, keeps the
/// connection for the next call.
///
/// For one thread.
public final class HttpClient implements AutoCloseable {
    private final Address address;
    private final Tls tls;
    private final WireLimits limits;
    private final boolean redirects;
    private Optional<HttpConnection> kept = Optional.empty();

    /// @param redirects whether a redirect is followed; else its answer is returned
    public HttpClient(Address address, Tls tls, WireLimits limits, boolean redirects) {
        this.address = address;
        this.tls = tls;
        this.limits = limits;
        this.redirects = redirects;
    }

    public Address address() {
        return address;
    }

    /// Any answer is returned, whatever its status.
    ///
    /// @throws WireException if there is none in time
    public HttpAnswer send(HttpCall call) throws WireException {
        try (Deadline deadline = new Deadline(limits.timeout())) {
            HttpAnswer answer = redirected(call, deadline);
            for (int tried = 0; tried < limits.retries() && answer.passing(); tried++) {
                pause(tried, deadline);
                answer = redirected(call, deadline);
            }
            return answer;
        }
    }

    private HttpAnswer redirected(HttpCall call, Deadline deadline) throws WireException {
        HttpAnswer answer = exchange(address, call, deadline);
        if (!redirects || !answer.redirects()) {
            return answer;
        }
        Redirect redirect = Redirect.parse(answer.headers().get("Location").orElse(""), address);
        HttpAnswer second = exchange(redirect.address(), call.withTarget(redirect.target()), deadline);
        if (second.redirects()) {
            throw new WireException("the server redirects more than once; set -address to the vault itself");
        }
        return second;
    }

    private HttpAnswer exchange(Address where, HttpCall call, Deadline deadline) throws WireException {
        boolean reused = kept.isPresent() && kept.get().open() && kept.get().address() == where;
        try {
            return exchange(reused ? kept.get() : connect(where, deadline), call, deadline);
        } catch (WireException.Stale stale) {
            if (!reused || !call.reads() || deadline.passed()) {
                throw stale;
            }
            return exchange(connect(where, deadline), call, deadline);
        }
    }

    private HttpAnswer exchange(HttpConnection connection, HttpCall call, Deadline deadline) throws WireException {
        deadline.guard(connection.link());
        try {
            HttpAnswer answer = connection.exchange(call);
            deadline.release();
            return answer.from(connection.address().text() + call.target());
        } catch (IOException broken) {
            close();
            if (deadline.passed()) {
                throw timeout(broken);
            }
            if (broken instanceof WireException explained) {
                throw explained;
            }
            throw new WireException(
                    "the connection to " + connection.address().text() + " broke: " + broken.getMessage(), broken);
        }
    }

    private HttpConnection connect(Address where, Deadline deadline) throws WireException {
        close();
        try {
            HttpConnection connection = new HttpConnection(where, Link.open(where, tls, deadline), limits);
            kept = Optional.of(connection);
            return connection;
        } catch (WireException failed) {
            throw deadline.passed() ? timeout(failed) : failed;
        }
    }

    private WireException timeout(IOException cause) {
        return new WireException(
                "no answer from " + address.text() + " within "
                        + limits.timeout().toMillis() / 1000.0 + " s (VAULT_CLIENT_TIMEOUT)",
                cause);
    }

    private void pause(int tried, Deadline deadline) throws WireException {
        long millis = limits.pause().toMillis() * (tried + 1);
        long jittered = millis + ThreadLocalRandom.current().nextLong(millis / 2 + 1);
        try {
            Thread.sleep(Math.min(jittered, deadline.remaining().toMillis()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new WireException("interrupted", stopped);
        }
    }

    @Override
    public void close() {
        kept.ifPresent(connection -> connection.link().close());
        kept = Optional.empty();
    }
}
