// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.core.engine.Shape;
import io.coffer.core.pipeline.Reply;
import io.coffer.core.request.Envelope;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The one place that knows status codes: turns what was computed into what goes over the wire.
final class Answers {
    private static final byte[] REQUEST_ID = JsonBytes.ascii("\"request_id\":\"");
    private static final byte[] LEASE = JsonBytes.ascii("\",\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":");
    private static final byte[] DATA = JsonBytes.ascii(",\"data\":");
    private static final byte[] WARNINGS = JsonBytes.ascii(",\"wrap_info\":null,\"warnings\":");
    private static final byte[] AUTH = JsonBytes.ascii(",\"auth\":null,\"mount_type\":");
    private static final Set<String> ENVELOPE = Set.of(
            "request_id",
            "lease_id",
            "renewable",
            "lease_duration",
            "data",
            "wrap_info",
            "warnings",
            "auth",
            "mount_type");

    private Answers() {}

    static Answer of(Reply reply) {
        return plain(reply).with(reply.headers());
    }

    private static Answer plain(Reply reply) {
        return switch (reply.response()) {
            case Response.Ok ok -> new Answer(200, ok(reply, ok));
            case Response.Authenticated in -> new Answer(200, granted(reply));
            case Response.Leased leased -> new Answer(200, granted(reply));
            case Response.Wrapped wrapped -> new Answer(200, granted(reply));
            case Response.Granted grant -> throw new IllegalStateException("a grant is made before it is told");
            case Response.Handed handed -> new Answer(200, ok(reply, handed.answer()), handed.arrived());
            case Response.NoContent none -> new Answer(204, Answer.NOTHING);
            case Response.Accepted going ->
                new Answer(
                        202,
                        going.warnings().isEmpty() ? Answer.NOTHING : envelope(reply, 0, Json.NULL, going.warnings()));
            case Response.NotFound absent -> Answer.errors(404, absent.errors());
            case Response.Gone gone -> new Answer(404, envelope(reply, 0, gone.data(), gone.warnings()));
            case Response.Invalid invalid -> Answer.errors(400, invalid.errors());
            case Response.Denied denied -> error(403, denied.error());
            case Response.NotAllowed other -> error(405, other.error());
            case Response.TooLarge large -> error(413, large.error());
            case Response.UnsupportedMedia media -> error(415, media.error());
            case Response.Busy busy -> error(429, busy.error());
            case Response.Unavailable unavailable -> error(503, unavailable.error());
            case Response.Failed failed -> error(500, failed.error());
            case Response.Plain plain ->
                new Answer(200, plain.text().getBytes(StandardCharsets.UTF_8))
                        .with(Map.of("Content-Type", plain.contentType()));
            case Response.Coded coded -> new Answer(coded.status(), bare(coded.body()));
        };
    }

    /// The answer to a request that ended in a defect: its id, and nothing else.
    static Answer defect(String requestId) {
        return error(500, "internal error (request " + requestId + ")");
    }

    private static Answer error(int status, String error) {
        return Answer.errors(status, List.of(error));
    }

    private static byte[] ok(Reply reply, Response.Ok ok) {
        return reply.shape() == Shape.RAW
                ? bare(ok.data())
                : envelope(reply, ok.leaseSeconds(), ok.data(), ok.warnings());
    }

    private static byte[] granted(Reply reply) {
        return bare(Envelope.of(reply.requestId(), reply.mountType(), reply.response())
                .orElseThrow(() -> new IllegalStateException("what is granted stands in an envelope")));
    }

    private static byte[] bare(Json data) {
        return new JsonBytes(512).value(data).put('\n').take();
    }

    private static byte[] envelope(Reply reply, long leaseSeconds, Json data, List<String> warnings) {
        JsonBytes out = new JsonBytes(data instanceof Json.Raw raw ? raw.length() + 256 : 768).put('{');
        if (reply.shape() == Shape.INJECTED) {
            inject(out, data instanceof Json.Raw raw ? parsed(raw) : data);
        }
        return out.raw(REQUEST_ID)
                .raw(JsonBytes.ascii(reply.requestId()))
                .raw(LEASE)
                .number(leaseSeconds)
                .raw(DATA)
                .value(data)
                .raw(WARNINGS)
                .stringsOrNull(warnings)
                .raw(AUTH)
                .string(reply.mountType())
                .put('}')
                .put('\n')
                .take();
    }

    /// The members of the data once more at the top, for old clients. The envelope's own names win.
    private static void inject(JsonBytes out, Json data) {
        if (data instanceof Json.Obj object) {
            for (Map.Entry<String, Json> member : object.members().entrySet()) {
                if (!ENVELOPE.contains(member.getKey())) {
                    out.member(member.getKey(), member.getValue()).put(',');
                }
            }
        }
    }

    private static Json parsed(Json.Raw raw) {
        byte[] text = new byte[raw.length()];
        System.arraycopy(raw.utf8(), raw.from(), text, 0, text.length);
        return JsonText.DEFAULT.parse(text);
    }
}
