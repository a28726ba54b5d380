// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.ceremony;

import io.coffer.core.TestVault;
import io.coffer.core.request.Credential;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Origin;
import io.coffer.core.request.Requests;
import io.coffer.core.request.Response;
import io.coffer.core.secret.Secret;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Somebody who takes part in a ceremony over the API of a vault: with a token or without, from some listener.
public record Asking(TestVault vault, Optional<Credential> token, Origin origin) {
    public static final Origin ELSEWHERE = new Origin("192.0.2.7", 4711, false, false);
    public static final Origin LEGACY = new Origin("192.0.2.7", 4711, false, true);

    /// With the root token, from another host.
    public static Asking root(TestVault vault) {
        return new Asking(vault, Optional.of(TestVault.ROOT), ELSEWHERE);
    }

    /// Without a token, from another host.
    public static Asking nobody(TestVault vault) {
        return new Asking(vault, Optional.empty(), ELSEWHERE);
    }

    public static Asking legacy(TestVault vault) {
        return new Asking(vault, Optional.empty(), LEGACY);
    }

    public Response ask(Operation operation, String path, String body) {
        return vault.handle(Requests.from(origin, vault.request(operation, path, body, token)));
    }

    public Response read(String path) {
        return ask(Operation.READ, path, "");
    }

    public Response write(String path, String body) {
        return ask(Operation.UPDATE, path, body);
    }

    public Response delete(String path, String body) {
        return ask(Operation.DELETE, path, body);
    }

    /// The text of a refusal.
    public static String refusal(Response response) {
        return switch (response) {
            case Response.Invalid(List<String> errors) -> errors.getFirst();
            case Response.Denied(String error) -> error;
            case Response.Unavailable(String error) -> error;
            case Response.Failed(String error) -> error;
            default -> throw new AssertionError("no refusal: " + TestVault.text(response));
        };
    }

    /// The data of an answer that is no refusal.
    public static Json.Obj data(Response response) {
        return switch (response) {
            case Response.Ok ok -> parsed(ok);
            case Response.Handed handed -> parsed(handed.answer());
            default -> throw new AssertionError("no answer with data: " + response);
        };
    }

    /// What hangs on an answer's arrival happens.
    public static void arrived(Response response) {
        if (response instanceof Response.Handed handed) {
            handed.arrived().run();
        }
    }

    private static Json.Obj parsed(Response.Ok ok) {
        return JsonText.DEFAULT.parseObject(JsonText.write(ok.data()));
    }

    public static String text(Json.Obj object, String name) {
        return ((Json.Str) object.get(name)).value();
    }

    public static String hex(Secret share) {
        return share.use(bytes -> HexFormat.of().formatHex(bytes));
    }

    /// The new shares of an answer.
    public static List<Secret> shares(Response response) {
        List<Secret> shares = new ArrayList<>();
        ((Json.Arr) data(response).get("keys"))
                .items()
                .forEach(key -> shares.add(Secret.takeFrom(HexFormat.of().parseHex(((Json.Str) key).value()))));
        return shares;
    }

    /// Begins a rekey.
    ///
    /// @return its nonce
    public String start(int count, int threshold, String more) {
        return text(
                data(write(
                        "sys/rekey/init",
                        "{\"secret_shares\":" + count + ",\"secret_threshold\":" + threshold + more + "}")),
                "nonce");
    }

    public Response update(String nonce, Secret share) {
        return write("sys/rekey/update", "{\"key\":\"" + hex(share) + "\",\"nonce\":\"" + nonce + "\"}");
    }

    public Response prove(String nonce, Secret share) {
        return write("sys/rekey/verify", "{\"key\":\"" + hex(share) + "\",\"nonce\":\"" + nonce + "\"}");
    }

    /// A whole rekey, agreed to by the first shares of these.
    ///
    /// @return the last answer
    public Response rekey(int count, int threshold, String more, List<Secret> shares) {
        String nonce = start(count, threshold, more);
        for (Secret share : shares) {
            Response answer = update(nonce, share);
            if (data(answer).has("complete")) {
                return answer;
            }
        }
        throw new AssertionError("the shares are not enough");
    }

    /// Whether these shares open the vault; it is sealed before.
    public static boolean opens(TestVault vault, List<Secret> shares) {
        vault.vault().seal();
        shares.forEach(share -> vault.unsealing().offer(share));
        if (!vault.isUnsealed()) {
            vault.unsealing().reset();
        }
        return vault.isUnsealed();
    }
}
