// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.cert;

import io.coffer.core.engine.Call;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.Route;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Operation;
import io.coffer.core.request.Response;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.util.List;

/// `config`: what holds for all roles.
///
/// @param unbound whether a token is renewed also without the certificate of its login
record CertConfig(boolean unbound) {
    private static final int FORM = 1;

    static List<Route> routes() {
        return List.of(
                Route.reads(
                        "config",
                        Operation.READ,
                        "Return what holds for all roles.",
                        (call, reader) -> new Response.Ok(
                                of(reader, call.mount().folder()).describe())),
                Route.writes("config", Operation.UPDATE, "Set what holds for all roles.", CertConfig::write)
                        .with(
                                Field.flag(
                                        "disable_binding",
                                        "Whether tokens are renewed also without the certificate of their login."),
                                Field.flag(
                                        "enable_identity_alias_metadata",
                                        "Only true: an alias has what a login tells."),
                                Field.number("ocsp_cache_size", "Not used.")));
    }

    static CertConfig of(Reader<Plaintext> reader, Folder mount) {
        StorageKey key = mount.key("config");
        return reader.get(key).map(value -> read(key, value)).orElse(new CertConfig(false));
    }

    private static CertConfig read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        CertConfig config = new CertConfig(stored.flag("unbound"));
        stored.end();
        return config;
    }

    private static Response write(Call call, Writer<Plaintext> writer) {
        Folder mount = call.mount().folder();
        CertConfig before = of(writer, mount);
        boolean unbound = call.request().values().flag("disable_binding").orElse(before.unbound());
        writer.put(
                mount.key("config"),
                new Plaintext(JsonText.write(
                        Json.object().put("v", FORM).put("unbound", unbound).build())));
        return Response.NO_CONTENT;
    }

    private Json.Obj describe() {
        return Json.object()
                .put("disable_binding", unbound)
                .put("enable_identity_alias_metadata", true)
                .put("ocsp_cache_size", 0)
                .build();
    }
}
