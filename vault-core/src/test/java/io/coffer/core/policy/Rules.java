// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.policy;

import io.coffer.core.barrier.Barrier;
import io.coffer.core.engine.OpenBarrier;
import io.coffer.core.request.Operation;
import io.coffer.core.request.RequestPath;
import io.coffer.core.storage.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Policies stored in a barrier of their own, and what they allow together.
final class Rules {
    static final Instant NOW = Instant.parse("2026-03-04T05:06:07.800Z");

    private final Barrier barrier = OpenBarrier.of(Runnable::run, Scope.SYSTEM);
    private final PolicyStore store = new PolicyStore();
    private final Acls acls = new Acls(store);

    Rules put(String name, String text) {
        return put(name, PolicyStore.plain(text, NOW));
    }

    Rules put(String name, StoredPolicy policy) {
        barrier.govern(writer -> {
                    store.put(writer, PolicyName.of(name), policy);
                    return true;
                })
                .toCompletableFuture()
                .join();
        return this;
    }

    Rules delete(String name) {
        barrier.govern(writer -> {
                    store.delete(writer, PolicyName.of(name));
                    return true;
                })
                .toCompletableFuture()
                .join();
        return this;
    }

    Acl acl(Subject subject, Instant now, String... names) {
        return barrier.survey(reader -> acls.of(reader, List.of(names), subject, now));
    }

    Barrier barrier() {
        return barrier;
    }

    PolicyStore store() {
        return store;
    }

    Acls acls() {
        return acls;
    }

    /// What policies of these texts allow together.
    static Acl of(String... texts) {
        Rules rules = new Rules();
        List<String> names = new ArrayList<>();
        for (String text : texts) {
            String name = "p" + names.size();
            rules.put(name, text);
            names.add(name);
        }
        return rules.acl(Subject.NOBODY, NOW, names.toArray(String[]::new));
    }

    static boolean may(Acl acl, Operation operation, String path) {
        return acl.check(Ask.of(operation, new RequestPath(path), false, false, Optional.empty()))
                instanceof Ruling.Allowed;
    }

    static boolean reads(Acl acl, String path) {
        return may(acl, Operation.READ, path);
    }

    /// Lists as the pipeline does, which puts a '/' at the end.
    static boolean lists(Acl acl, String path) {
        return may(acl, Operation.LIST, path.endsWith("/") ? path : path + "/");
    }
}
