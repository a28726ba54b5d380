// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.crypto;

import io.coffer.core.Slow;
import io.coffer.core.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// A password that can be recognised and not be read: Argon2id over any number of bytes, with its parameters and salt
/// in the usual text form, `$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`. So the parameters may grow: each hash is
/// checked under its own.
///
/// One that was made elsewhere with bcrypt is taken as it is, until the first login shows the password that it is of.
/// Limit: bcrypt takes another time, so until then whoever measures can tell that such a user is there; and of a
/// password longer than 72 bytes it knows nothing, so none fits.
public final class PasswordHash {
    /// Memory in KiB, passes and lanes of a new hash.
    static final int MEMORY = 19_456;

    static final int PASSES = 2;
    static final int LANES = 1;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int BCRYPT_LONGEST = 72;
    private static final Pattern ARGON2 = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,3}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{43})");
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(?:0[5-9]|1[0-2])\\$[./A-Za-z0-9]{53}");

    private final String text;

    private PasswordHash(String text) {
        this.text = text;
    }

    /// Hashes a password under the parameters of today.
    public static PasswordHash of(Secret password, SecureRandom random, Slow slow) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] hash = derive(password, salt, new Cost(MEMORY, PASSES, LANES), slow);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return new PasswordHash("$argon2id$v=19$m=" + MEMORY + ",t=" + PASSES + ",p=" + LANES + "$"
                + base64.encodeToString(salt) + "$" + base64.encodeToString(hash));
    }

    /// A hash in text form; empty if it is in none that is known here, or asks for more work than bcrypt of cost 12.
    public static Optional<PasswordHash> parse(String text) {
        return ARGON2.matcher(text).matches() || BCRYPT.matcher(text).matches()
                ? Optional.of(new PasswordHash(text))
                : Optional.empty();
    }

    /// Does the work of checking a password where there is no hash to check it against, so that the two take the same
    /// time.
    public static void pretend(Secret password, Slow slow) {
        Arrays.fill(derive(password, new byte[SALT_BYTES], new Cost(MEMORY, PASSES, LANES), slow), (byte) 0);
    }

    public boolean isBcrypt() {
        return text.startsWith("$2");
    }

    /// Whether this is the password. The same work whichever it is.
    public boolean matches(Secret password, Slow slow) {
        Matcher argon2 = ARGON2.matcher(text);
        if (!argon2.matches()) {
            return bcrypt(password, slow);
        }
        Cost cost = new Cost(number(argon2, 1), number(argon2, 2), number(argon2, 3));
        byte[] salt = Base64.getDecoder().decode(argon2.group(4));
        byte[] expected = Base64.getDecoder().decode(argon2.group(5));
        return MessageDigest.isEqual(derive(password, salt, cost, slow), expected);
    }

    private boolean bcrypt(Secret password, Slow slow) {
        slow.left();
        return password.use(bytes -> bytes.length <= BCRYPT_LONGEST && OpenBSDBCrypt.checkPassword(text, bytes));
    }

    private record Cost(int memory, int passes, int lanes) {}

    private static byte[] derive(Secret password, byte[] salt, Cost cost, Slow slow) {
        slow.left();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memory())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        password.use(bytes -> generator.generateBytes(bytes, hash));
        return hash;
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /// The text form, for the record that keeps it.
    public String text() {
        return text;
    }

    /// Whether it is the same hash of the same password.
    public boolean sameAs(PasswordHash other) {
        return MessageDigest.isEqual(
                text.getBytes(StandardCharsets.US_ASCII), other.text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "PasswordHash";
    }
}
