// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli.operator;

import io.coffer.core.RandomIds;
import io.coffer.core.request.Json;
import io.coffer.server.cli.ApiCall;
import io.coffer.server.cli.Arguments;
import io.coffer.server.cli.Body;
import io.coffer.server.cli.Command;
import io.coffer.server.cli.Failure;
import io.coffer.server.cli.Flag;
import io.coffer.server.cli.Invocation;
import io.coffer.server.cli.Reply;
import io.coffer.server.cli.SecretInput;
import io.coffer.server.cli.SecretText;
import io.coffer.server.cli.Shape;
import io.coffer.server.cli.output.Scalars;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Makes a root token with the shares of enough holders, for when there is none left.
final class GenerateRootCommand implements Command {
    private static final String ATTEMPT = "sys/generate-root/attempt";
    private static final String UPDATE = "sys/generate-root/update";

    private static final Flag INIT = Flag.on(
            "init", "Begin one. It needs a token that may, or a share as SHARE or -, which counts as the first.");
    private static final Flag CANCEL = Flag.on("cancel", "End the one that was begun, and forget its shares.");
    private static final Flag STATUS = Flag.on("status", "Show how far it is.");
    private static final Flag GENERATE_OTP = Flag.on("generate-otp", "Only print a one-time pad, to begin one with.");
    private static final Flag DECODE = Flag.text(
            "decode", "TOKEN", "Decode the token that was made; it is read from standard input if TOKEN is -.");
    private static final Flag OTP =
            Flag.text("otp", "PAD", "The one-time pad: of your own to begin with, or that of the token to decode.");
    private static final Flag PGP_KEY =
            Flag.text("pgp-key", "FILE", "File of an OpenPGP public key to which the token is encrypted.");
    private static final Flag NONCE = Flag.text("nonce", "NONCE", "Which one the share is for.");

    @Override
    public Shape shape() {
        return new Shape(
                "[SHARE|-]",
                "Makes a root token with the shares of enough holders. One begins it with -init and keeps the one-time"
                        + " pad (OTP) that it shows; then each holder of a share runs this without flags; the last one"
                        + " gets the token, encoded, which the first decodes with -decode and -otp.",
                List.of(INIT, STATUS, CANCEL, GENERATE_OTP, DECODE, OTP, PGP_KEY, NONCE),
                0,
                1);
    }

    @Override
    public int run(Invocation call) throws IOException {
        Arguments arguments = call.arguments();
        List<Flag> modes = List.of(INIT, STATUS, CANCEL, GENERATE_OTP);
        long chosen = modes.stream().filter(arguments::on).count() + (arguments.given(DECODE) ? 1 : 0);
        if (chosen > 1) {
            throw Failure.local("give one of -init, -status, -cancel, -generate-otp and -decode");
        }
        if (arguments.given(DECODE)) {
            return decode(call);
        }
        if (arguments.on(GENERATE_OTP)) {
            return generatePad(call);
        }
        if (arguments.on(STATUS)) {
            return show(call, status(call));
        }
        if (arguments.on(CANCEL)) {
            return cancel(call);
        }
        return arguments.on(INIT) ? init(call) : update(call);
    }

    private static Json.Obj status(Invocation call) {
        return call.api()
                .ask(ApiCall.get(ATTEMPT), "reading root generation status")
                .object();
    }

    private static int show(Invocation call, Json.Obj status) {
        call.output().value(status, RootStatus.table(status));
        return 0;
    }

    private static int generatePad(Invocation call) {
        int length = (int) Scalars.number(status(call).get("otp_length"));
        String pad = RandomIds.base62(length, new SecureRandom());
        call.output().value(Json.object().put("otp", pad).build(), pad + "\n");
        return 0;
    }

    private static int init(Invocation call) throws IOException {
        Arguments arguments = call.arguments();
        Json.Builder body = Json.object();
        Optional<String> pad = arguments.text(OTP);
        if (pad.isPresent()) {
            body.put("otp", new String(new SecretInput(call).take(pad, "one-time pad", "One-Time Pad")));
        }
        arguments.text(PGP_KEY).ifPresent(file -> body.put("pgp_key", PgpKeyFile.read(file)));
        Json.Obj begun = new ShareSender(call)
                .sendIfGiven(ApiCall.put(ATTEMPT, Body.NONE), body.build(), "initializing root generation")
                .object();
        if (!Scalars.string(begun.get("otp")).isEmpty()) {
            call.output()
                    .warn("A one-time pad was made and is shown below as OTP, this once. Keep it: without it nobody"
                            + " can read the token.\n");
        }
        return show(call, begun);
    }

    private static int cancel(Invocation call) throws IOException {
        Reply reply =
                new ShareSender(call).sendIfGiven(ApiCall.delete(ATTEMPT), Json.EMPTY, "canceling root generation");
        if (reply.empty()) {
            call.output().success("Root token generation canceled (if it was started)");
            return 0;
        }
        call.output().warn("One more share must ask for it, or a token that may, before it is canceled.");
        return show(call, reply.object());
    }

    private static int update(Invocation call) throws IOException {
        ShareSender share = new ShareSender(call);
        share.checkMeant(NONCE);
        Json.Obj before = status(call);
        if (!Scalars.truth(before.get("started"))) {
            throw Failure.local(
                    "no root generation is in progress; begin one with `coffer operator generate-root -init`");
        }
        String ceremony = "A root token, which may do everything, is to be made.\n\n" + RootStatus.table(before);
        return show(call, share.handIn(UPDATE, NONCE, before, ceremony).object());
    }

    private static int decode(Invocation call) throws IOException {
        SecretInput input = new SecretInput(call);
        String given = call.arguments().text(DECODE).orElseThrow();
        String encoded =
                given.equals("-") ? new String(input.take(Optional.of("-"), "encoded token", "Encoded Token")) : given;
        char[] pad = input.take(call.arguments().text(OTP), "one-time pad", "One-Time Pad");
        byte[] token;
        try {
            token = Base64.getDecoder().decode(encoded.strip());
        } catch (IllegalArgumentException malformed) {
            throw Failure.local("the encoded token is not base64");
        }
        byte[] key = SecretText.utf8(pad, pad.length);
        if (key.length != token.length) {
            throw Failure.local("the one-time pad has another length than the token that was encoded with it");
        }
        for (int i = 0; i < token.length; i++) {
            token[i] ^= key[i];
        }
        String text = new String(token, StandardCharsets.UTF_8);
        call.output().value(Json.object().put("token", text).build(), text + "\n");
        return 0;
    }
}
