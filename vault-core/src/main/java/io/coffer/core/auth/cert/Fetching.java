// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.cert;

import io.coffer.core.Slow;
import io.coffer.core.engine.Outbound;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Fetches revocation lists from where an operator said that they are.
///
/// @param authorities whose lists count
record Fetching(Outbound outbound, List<X509Certificate> authorities, Instant now) {
    /// A list, or why there is none.
    sealed interface Fetched {
        record Good(RevocationList list) implements Fetched {}

        record Bad(String error) implements Fetched {}
    }

    static Fetching of(Outbound outbound, Reader<Plaintext> reader, Folder mount, Instant now) {
        return new Fetching(
                outbound,
                CertRole.all(reader, mount).stream()
                        .flatMap(role -> role.trusted().stream())
                        .toList(),
                now);
    }

    Fetched fetch(String url, Slow slow) {
        return switch (outbound.ask(Outbound.Question.of(url, ""), slow)) {
            case Outbound.Outcome.Failed(String why) -> new Fetched.Bad("error fetching the list at 'url': " + why);
            case Outbound.Outcome.Answered(byte[] body) ->
                RevocationList.fetched(body, url, authorities, now)
                        .<Fetched>map(Fetched.Good::new)
                        .orElseGet(() ->
                                new Fetched.Bad("the list at 'url' must be signed by an authority that a role trusts"));
        };
    }

    /// The lists with newer ones in the place of those that are due. Where there is none, and where an older one is
    /// shown again, the list stays as it is: it goes on counting, and is asked for again later.
    Map<String, RevocationList> refreshed(Map<String, RevocationList> lists, Slow slow) {
        Map<String, RevocationList> all = new TreeMap<>(lists);
        lists.forEach((name, list) -> {
            if (list.source().isDue(now)) {
                all.put(name, newer(list, slow));
            }
        });
        return all;
    }

    private RevocationList newer(RevocationList list, Slow slow) {
        Optional<RevocationList> newer = fetch(list.source().url(), slow) instanceof Fetched.Good(RevocationList found)
                ? Optional.of(found)
                : Optional.empty();
        return newer.filter(found -> found.issuer().equals(list.issuer()))
                .filter(found -> !found.source().made().isBefore(list.source().made()))
                .orElseGet(() -> new RevocationList(
                        list.issuer(), list.serials(), list.source().triedAt(now)));
    }
}
