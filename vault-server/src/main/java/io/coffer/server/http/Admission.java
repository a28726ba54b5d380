// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.server.config.RequestLimits;
import io.coffer.server.config.Traffic;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What all clients together may cost: connections, requests in flight, bytes of bodies, bytes of answers
/// that wait for their clients. Each is taken before the thing it pays for and given back when that has
/// ended, not when the client was answered.
public final class Admission {
    private final int mostConnections;
    private final int mostRequests;
    private final long mostBodyBytes;
    private final long mostAnswerBytes;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bodyBytes = new AtomicLong();
    private final AtomicLong answerBytes = new AtomicLong();

    /// @param mostBodyBytes of all bodies together
    /// @param mostAnswerBytes of all answers together that their clients have not taken
    public Admission(int mostConnections, int mostRequests, long mostBodyBytes, long mostAnswerBytes) {
        this.mostConnections = mostConnections;
        this.mostRequests = mostRequests;
        this.mostBodyBytes = mostBodyBytes;
        this.mostAnswerBytes = mostAnswerBytes;
    }

    /// As configured. Bodies together may take an eighth of the heap, since each takes several times its
    /// length until it is on the disk: parsed, written and encrypted. One of the largest always fits,
    /// beside small ones. Answers may take a quarter.
    public static Admission of(RequestLimits limits) {
        long heap = Runtime.getRuntime().maxMemory();
        long bodies = Math.max(Traffic.DEFAULT_REQUEST_SIZE / 4 * 5L, heap / 8);
        long answers = Math.max(2L * Traffic.DEFAULT_REQUEST_SIZE, heap / 4);
        return new Admission(limits.connections(), limits.inFlight(), bodies, answers);
    }

    boolean connect() {
        return taken(connections, mostConnections);
    }

    void disconnect() {
        connections.decrementAndGet();
    }

    boolean enter() {
        return taken(requests, mostRequests);
    }

    void leave() {
        requests.decrementAndGet();
    }

    boolean reserve(long bytes) {
        if (bodyBytes.addAndGet(bytes) <= mostBodyBytes) {
            return true;
        }
        bodyBytes.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        bodyBytes.addAndGet(-bytes);
    }

    /// An answer waits for its client, for better or worse: it is there already.
    void owe(long bytes) {
        answerBytes.addAndGet(bytes);
    }

    void settle(long bytes) {
        answerBytes.addAndGet(-bytes);
    }

    /// Whether more waits for clients than may.
    boolean overdrawn() {
        return answerBytes.get() > mostAnswerBytes;
    }

    public int openConnections() {
        return connections.get();
    }

    public int requestsInFlight() {
        return requests.get();
    }

    private static boolean taken(AtomicInteger used, int most) {
        if (used.incrementAndGet() <= most) {
            return true;
        }
        used.decrementAndGet();
        return false;
    }
}
