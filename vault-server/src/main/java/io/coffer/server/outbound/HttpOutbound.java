// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.outbound;

import io.coffer.core.Slow;
import io.coffer.core.engine.Outbound;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/// Asks over HTTP and HTTPS. No redirection is followed: an operator names what is to be asked.
public final class HttpOutbound implements Outbound {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final int OK = 200;

    @Override
    public Outcome ask(Question question, Slow slow) {
        Duration left = slow.left();
        Duration wait = left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
        HttpClient client;
        try {
            client = client(question.trusted(), wait);
        } catch (GeneralSecurityException | IOException untrusted) {
            return new Outcome.Failed("the certificates to trust cannot be used");
        }
        try {
            return answered(client.sendAsync(
                            request(question, wait),
                            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST))
                    .get(wait.toMillis(), TimeUnit.MILLISECONDS));
        } catch (IllegalArgumentException malformed) {
            return new Outcome.Failed("this is no URL that can be asked");
        } catch (ExecutionException gone) {
            return new Outcome.Failed("no answer: " + reason(gone));
        } catch (TimeoutException late) {
            return new Outcome.Failed("no answer in time");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("the daemon stops");
        } finally {
            client.shutdownNow();
        }
    }

    private static HttpRequest request(Question question, Duration wait) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(question.url())).timeout(wait).header("Accept", "application/json");
        if (!question.authorization().isEmpty()) {
            builder.header("Authorization", question.authorization());
        }
        question.form().ifPresent(form -> builder.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Question.encoded(form))));
        return builder.build();
    }

    private static Outcome answered(HttpResponse<byte[]> response) {
        return response.statusCode() == OK
                ? new Outcome.Answered(response.body())
                : new Outcome.Failed("status " + response.statusCode());
    }

    private static String reason(ExecutionException gone) {
        Throwable cause = gone.getCause();
        return cause == null ? "" : cause.getClass().getSimpleName();
    }

    private static HttpClient client(String trusted, Duration wait) throws GeneralSecurityException, IOException {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(wait).followRedirects(HttpClient.Redirect.NEVER);
        Optional<SSLContext> context = trusted.isEmpty() ? Optional.empty() : Optional.of(TrustOnly.of(trusted));
        context.ifPresent(builder::sslContext);
        return builder.build();
    }
}
