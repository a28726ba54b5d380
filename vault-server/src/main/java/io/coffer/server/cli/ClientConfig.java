// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.cli;

import io.coffer.core.hcl.Hcl;
import io.coffer.core.hcl.HclException;
import io.coffer.core.hcl.HclLimits;
import io.coffer.core.hcl.Item;
import io.coffer.core.hcl.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// The configuration of the command line, `~/.vault`, in HCL or JSON. It has one key, `token_helper`.
record ClientConfig(Env env) {
    private static final int LONGEST = 64 << 10;
    private static final String KEY = "token_helper";

    Optional<String> tokenHelper() {
        Optional<String> named = env.get("CONFIG_PATH");
        String shown = named.isPresent() ? env.nameOf("CONFIG_PATH") : "~/.vault";
        try {
            Path path = named.isPresent()
                    ? Path.of(named.get())
                    : TokenFile.home(env).resolve(".vault");
            if (named.isEmpty() && !Files.isRegularFile(path)) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(path)) {
                return parse(in.readNBytes(LONGEST)).filter(helper -> !helper.isEmpty());
            }
        } catch (HclException malformed) {
            throw Failure.local("the configuration of the command line (" + shown + "): " + malformed.getMessage());
        } catch (IOException | InvalidPathException unreadable) {
            throw Failure.local("cannot read the configuration of the command line (" + shown + ")");
        }
    }

    private static Optional<String> parse(byte[] text) {
        Optional<String> helper = Optional.empty();
        for (Item item : Hcl.parse(text, HclLimits.DEFAULT).items()) {
            if (!item.name().equals(KEY)) {
                throw new HclException(item.at(), "the only key here is " + KEY);
            }
            if (!(item instanceof Item.Attribute attribute && attribute.value() instanceof Value.Text value)) {
                throw new HclException(item.at(), KEY + " is the path of a program, in quotes");
            }
            helper = Optional.of(value.text());
        }
        return helper;
    }
}
