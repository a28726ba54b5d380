// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.ldap;

import io.coffer.core.crypto.PublicKeys;
import io.coffer.core.engine.Directory;
import io.coffer.core.engine.DirectoryFilter;
import io.coffer.core.engine.Field;
import io.coffer.core.engine.TokenFields;
import io.coffer.core.engine.TokenRules;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.request.Values;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Which directory is asked, and what everybody's tokens are like.
///
/// @param caseSensitive whether names that differ in the case of letters are two
/// @param loginAsAlias whether somebody's alias is the name of his login, and not what the directory calls him
record LdapConfig(Directory.Question question, boolean caseSensitive, boolean loginAsAlias, TokenRules rules) {
    static final Field[] FIELDS = TokenFields.with(
            Field.texts("url", "The servers, as ldaps://ldap.example; tried in this order."),
            Field.text("userdn", "Below which users are."),
            Field.text("userattr", "The attribute that holds their names; cn, if absent."),
            Field.text("binddn", "Who looks users up."),
            Field.secret("bindpass", "His password; never read back."),
            Field.text("userfilter", "How users are looked up; ({{.UserAttr}}={{.Username}}) if absent."),
            Field.text("upndomain", "Users bind as NAME@DOMAIN."),
            Field.flag("discoverdn", "Whether users are looked up, also without binddn."),
            Field.flag("deny_null_bind", "Only true: an empty password lets nobody in."),
            Field.flag("starttls", "Whether a plain connection becomes a TLS one first."),
            Field.flag("insecure_tls", "Only false: certificates are always checked."),
            Field.text("certificate", "Certificates in PEM to trust there."),
            Field.text("groupdn", "Below which groups are."),
            Field.text("groupattr", "The attribute that holds their names; cn, if absent."),
            Field.text("groupfilter", "How groups are looked up, with {{.Username}} and {{.UserDN}}."),
            Field.flag("use_token_groups", "Whether groups are those of the user's tokenGroups."),
            Field.flag("anonymous_group_search", "Whether nobody in particular looks groups up."),
            Field.text("tls_min_version", "tls12 or tls13."),
            Field.text("client_tls_cert", "Not supported: bind with a password."),
            Field.text("client_tls_key", "Not supported: bind with a password."),
            Field.duration("request_timeout", "How long an answer may take, at most 90 seconds."),
            Field.duration("connection_timeout", "How long connecting may take, at most 30 seconds."),
            Field.flag("username_as_alias", "Whether the alias is the name of the login; what userattr says, if not."),
            Field.flag("case_sensitive_names", "Whether names differ by the case of letters."));

    private static final int FORM = 1;
    private static final String LOWEST = "TLSv1.2";
    private static final Pattern URL = Pattern.compile("ldaps?://[A-Za-z0-9.\\-\\[\\]:]+/?");
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");

    static LdapConfig fresh() {
        return new LdapConfig(
                new Directory.Question(
                        List.of("ldap://127.0.0.1"),
                        new Directory.Tls(false, "", LOWEST),
                        "",
                        "",
                        new Directory.Users("", "cn", false, "", DirectoryFilter.USERS),
                        new Directory.Groups("", "cn", DirectoryFilter.GROUPS, false, false),
                        Directory.Waits.LONGEST),
                false,
                false,
                TokenRules.NONE);
    }

    LdapConfig changed(Values values, TokenRules after) {
        Directory.Users users = question.user();
        Directory.Groups groups = question.group();
        String binder = values.text("binddn").orElse(question.binder());
        boolean discover = values.flag("discoverdn").orElse(users.discover()) || !binder.isEmpty();
        return new LdapConfig(
                new Directory.Question(
                        values.strings("url").orElse(question.urls()),
                        new Directory.Tls(
                                values.flag("starttls").orElse(question.tls().start()),
                                values.text("certificate").orElse(question.tls().trusted()),
                                values.text("tls_min_version")
                                        .map(LdapConfig::version)
                                        .orElse(question.tls().lowest())),
                        binder,
                        values.secret("bindpass")
                                .map(text -> text.use(bytes -> new String(bytes, StandardCharsets.UTF_8)))
                                .orElse(question.secret()),
                        new Directory.Users(
                                values.text("userdn").orElse(users.base()),
                                attribute(values.text("userattr"), users.attribute()),
                                discover,
                                values.text("upndomain").orElse(users.domain()),
                                filter(values.text("userfilter"), DirectoryFilter.USERS, users.filter())),
                        new Directory.Groups(
                                values.text("groupdn").orElse(groups.base()),
                                attribute(values.text("groupattr"), groups.attribute()),
                                filter(values.text("groupfilter"), DirectoryFilter.GROUPS, groups.filter()),
                                values.flag("use_token_groups").orElse(groups.byToken()),
                                values.flag("anonymous_group_search").orElse(groups.anonymous())),
                        question.waits()
                                .with(values.duration("connection_timeout"), values.duration("request_timeout"))),
                values.flag("case_sensitive_names").orElse(caseSensitive),
                values.flag("username_as_alias").orElse(loginAsAlias),
                after);
    }

    private static String attribute(Optional<String> given, String before) {
        return given.filter(name -> !name.isEmpty())
                .map(name -> name.toLowerCase(Locale.ROOT))
                .orElse(before);
    }

    /// An empty one stands for the usual one.
    private static DirectoryFilter filter(Optional<String> given, DirectoryFilter usual, DirectoryFilter before) {
        return given.map(text -> text.isEmpty() ? usual : new DirectoryFilter(text))
                .orElse(before);
    }

    /// The name of a version here; as it was given, if it is none.
    private static String version(String given) {
        return switch (given) {
            case "", "tls12" -> LOWEST;
            case "tls13" -> "TLSv1.3";
            default -> given;
        };
    }

    /// Why it cannot be one; empty if it can.
    String refusal(Values values) {
        if (!List.of(LOWEST, "TLSv1.3").contains(question.tls().lowest())) {
            return "'tls_min_version' must be tls12 or tls13";
        }
        if (!values.text("client_tls_cert").orElse("").isEmpty()
                || !values.text("client_tls_key").orElse("").isEmpty()) {
            return "'client_tls_cert' is not supported; bind with 'binddn' and 'bindpass'";
        }
        String users = question.user().filter().refusal();
        String groups = question.group().filter().refusal();
        if (!users.isEmpty() || !groups.isEmpty()) {
            return users.isEmpty() ? "'groupfilter' " + groups : "'userfilter' " + users;
        }
        if (!values.flag("deny_null_bind").orElse(true)) {
            return "'deny_null_bind' must be true: an empty password would let everybody in";
        }
        if (values.flag("insecure_tls").orElse(false)) {
            return "'insecure_tls' must be false; name what to trust in 'certificate'";
        }
        if (question.urls().isEmpty()
                || !question.urls().stream().allMatch(url -> URL.matcher(url).matches())) {
            return "'url' must hold servers as ldaps://HOST or ldap://HOST, with a port if need be";
        }
        if (!ATTRIBUTE.matcher(question.user().attribute()).matches()
                || !ATTRIBUTE.matcher(question.group().attribute()).matches()) {
            return "'userattr' and 'groupattr' must be names of attributes";
        }
        String trusted = question.tls().trusted();
        return !trusted.isEmpty() && PublicKeys.certificates(trusted).isEmpty()
                ? "'certificate' must hold certificates in PEM"
                : "";
    }

    /// The one form of a name here.
    String name(String written) {
        return caseSensitive ? written : PersonName.folded(written);
    }

    Json.Obj describe() {
        Json.Builder data = Json.object()
                .put("anonymous_group_search", question.group().anonymous())
                .put("binddn", question.binder())
                .put("case_sensitive_names", caseSensitive)
                .put("certificate", question.tls().trusted())
                .put("connection_timeout", question.waits().connection().toSeconds())
                .put("deny_null_bind", true)
                .put("discoverdn", question.user().discover())
                .put("groupattr", question.group().attribute())
                .put("groupdn", question.group().base())
                .put("groupfilter", question.group().filter().template())
                .put("insecure_tls", false)
                .put("request_timeout", question.waits().answer().toSeconds())
                .put("starttls", question.tls().start())
                .put("tls_min_version", question.tls().lowest().equals(LOWEST) ? "tls12" : "tls13")
                .put("upndomain", question.user().domain())
                .put("url", String.join(",", question.urls()))
                .put("userattr", question.user().attribute())
                .put("use_token_groups", question.group().byToken())
                .put("userdn", question.user().base())
                .put("userfilter", question.user().filter().template())
                .put("username_as_alias", loginAsAlias);
        return rules.describe(data).build();
    }

    static Optional<LdapConfig> find(Reader<Plaintext> reader, Folder mount) {
        StorageKey key = mount.key("config");
        return reader.get(key).map(value -> read(key, value));
    }

    void save(Writer<Plaintext> writer, Folder mount) {
        writer.put(
                mount.key("config"),
                new Plaintext(JsonText.write(rules.write(Json.object()
                                .put("v", FORM)
                                .put("urls", Json.of(question.urls()))
                                .put("start_tls", question.tls().start())
                                .put("trusted", question.tls().trusted())
                                .put("binder", question.binder())
                                .put("secret", question.secret())
                                .put("user_base", question.user().base())
                                .put("user_attribute", question.user().attribute())
                                .put("discover", question.user().discover())
                                .put("domain", question.user().domain())
                                .put("group_base", question.group().base())
                                .put("group_attribute", question.group().attribute())
                                .put("lowest", question.tls().lowest())
                                .put("user_filter", question.user().filter().template())
                                .put("group_filter", question.group().filter().template())
                                .put("by_token", question.group().byToken() ? 1 : 0)
                                .put("anonymous", question.group().anonymous() ? 1 : 0)
                                .put("longest", question.waits().answer().toSeconds())
                                .put("connecting", question.waits().connection().toSeconds())
                                .put("case_sensitive", caseSensitive)
                                .put("login_as_alias", loginAsAlias ? 1 : 0))
                        .build())));
    }

    private static LdapConfig read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        LdapConfig config = new LdapConfig(
                new Directory.Question(
                        stored.texts("urls"),
                        new Directory.Tls(
                                stored.flag("start_tls"),
                                stored.text("trusted"),
                                stored.optionalText("lowest").orElse(LOWEST)),
                        stored.text("binder"),
                        stored.text("secret"),
                        new Directory.Users(
                                stored.text("user_base"),
                                stored.text("user_attribute"),
                                stored.flag("discover"),
                                stored.text("domain"),
                                stored.optionalText("user_filter")
                                        .map(DirectoryFilter::new)
                                        .orElse(DirectoryFilter.USERS)),
                        new Directory.Groups(
                                stored.text("group_base"),
                                stored.text("group_attribute"),
                                stored.optionalText("group_filter")
                                        .map(DirectoryFilter::new)
                                        .orElse(DirectoryFilter.GROUPS),
                                stored.optionalNumber("by_token").orElse(0) == 1,
                                stored.optionalNumber("anonymous").orElse(0) == 1),
                        Directory.Waits.LONGEST.with(length(stored, "connecting"), length(stored, "longest"))),
                stored.flag("case_sensitive"),
                stored.optionalNumber("login_as_alias").orElse(1) == 1,
                TokenRules.read(stored));
        stored.end();
        return config;
    }

    private static Optional<Duration> length(StoredRecord stored, String name) {
        OptionalLong seconds = stored.optionalNumber(name);
        return seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsLong())) : Optional.empty();
    }
}
