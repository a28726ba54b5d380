// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.system;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.engine.Call;
import io.coffer.core.engine.Route;
import io.coffer.core.engine.Shape;
import io.coffer.core.mount.Mount;
import io.coffer.core.mount.MountDefaults;
import io.coffer.core.mount.MountTable;
import io.coffer.core.mount.Mounts;
import io.coffer.core.request.Json;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.token.Parent;
import io.coffer.core.token.TokenStore;
import java.util.List;
import java.util.Optional;

/// `sys/auth`: which login methods there are; enabling and disabling them. Whoever came in by one that is disabled is
/// out with the same transaction, and what it stored cannot be read any more.
public final class AuthRoutes {
    private static final String TOKEN = Mount.AUTH + "token/";

    private final MountTable mounts;
    private final TokenStore tokens;
    private final MountDefaults standard;

    public AuthRoutes(MountTable mounts, TokenStore tokens, MountDefaults standard) {
        this.mounts = mounts;
        this.tokens = tokens;
        this.standard = standard;
    }

    /// They stand after those for tuning, whose paths match these too.
    public List<Route> routes() {
        return List.of(
                Route.surveys("auth", Operation.READ, "List the login methods.", (call, reader) -> list(reader))
                        .shape(Shape.INJECTED),
                Route.surveys("auth/:path*", Operation.READ, "Return one login method.", this::read)
                        .shape(Shape.INJECTED),
                Route.governs("auth/:path*", Operation.UPDATE, "Enable a login method at a path.", this::enable)
                        .with(NewMount.FIELDS),
                Route.governs(
                        "auth/:path*",
                        Operation.DELETE,
                        "Disable a login method; whoever came in by it is out.",
                        this::disable));
    }

    /// The path of a login mount as it is stored.
    static String path(Call call) {
        return Mount.AUTH + MountRoutes.path(call);
    }

    private Response list(BarrierReader reader) {
        Json.Builder shown = Json.object();
        Mounts all = mounts.read(reader);
        all.all().stream().filter(Mount::isAuth).forEach(mount -> shown.put(shown(mount.path()), mount.describe()));
        return new Response.Ok(shown.build(), 0, all.leftOut());
    }

    private Response read(Call call, BarrierReader reader) {
        String path = path(call);
        return mounts.read(reader)
                .at(path)
                .<Response>map(mount -> new Response.Ok(mount.describe()))
                .orElseGet(() -> new Response.Invalid("No auth engine at " + shown(path)));
    }

    private Response enable(Call call, BarrierWriter writer) {
        NewMount asked = NewMount.of(call, path(call));
        String refusal = refusal(asked, writer);
        return refusal.isEmpty()
                ? asked.make(call, standard, mount -> {
                    mounts.add(writer, mount, call.now());
                    tokens.open(writer, new Parent.OfMount(mount.uuid()));
                })
                : new Response.Invalid(refusal);
    }

    private String refusal(NewMount asked, BarrierReader reader) {
        if (asked.named().isEmpty()) {
            return "backend type must be specified as a string";
        }
        if (asked.path().equals(Mount.AUTH + "/")) {
            return "a login method stands at a path; name one, as sys/auth/userpass";
        }
        if (asked.type().equals("token")) {
            return "token credential backend cannot be instantiated";
        }
        String unfit = asked.refusal(mounts, reader);
        return unfit.isEmpty()
                ? mounts.read(reader)
                        .inTheWay(asked.path())
                        .map(mount -> "path is already in use at " + shown(mount.path()))
                        .orElse("")
                : unfit;
    }

    private Response disable(Call call, BarrierWriter writer) {
        String path = path(call);
        if (path.equals(Mount.AUTH + "/")) {
            return MountRoutes.NO_MOUNT;
        }
        if (path.equals(TOKEN)) {
            return new Response.Invalid("token credential backend cannot be disabled");
        }
        Optional<Mount> mount = mounts.read(writer).at(path);
        mount.ifPresent(found -> {
            tokens.close(writer, new Parent.OfMount(found.uuid()));
            mounts.remove(writer, found, call.now());
        });
        return Response.NO_CONTENT;
    }

    private static String shown(String path) {
        return path.substring(Mount.AUTH.length());
    }
}
