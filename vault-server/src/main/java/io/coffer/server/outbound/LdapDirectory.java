// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.outbound;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import io.coffer.core.Slow;
import io.coffer.core.engine.Directory;
import io.coffer.core.secret.Secret;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/// Asks over LDAP. A user's name is only ever a value: names of entries are built from parts, and in a
/// filter every byte that could mean something is written by its number, so nothing in a name means
/// anything. An empty password is never sent, since a server takes that for nobody.
public final class LdapDirectory implements Directory {
    /// What a server answers to a wrong password, or about somebody who is not there.
    private static final Set<ResultCode> WRONG =
            Set.of(ResultCode.INVALID_CREDENTIALS, ResultCode.NO_SUCH_OBJECT, ResultCode.UNWILLING_TO_PERFORM);

    /// Names no entry of any directory.
    private static final String NOBODY = "cn=nobody,dc=invalid";

    @Override
    public Outcome ask(Question question, String user, Secret password, Slow slow) {
        if (password.length() == 0) {
            return new Outcome.Refused();
        }
        Outcome last = new Outcome.Failed("no server is named");
        for (String url : question.urls()) {
            try (LDAPConnection connection = connect(question, url, slow)) {
                return ask(connection, question, user, password);
            } catch (LDAPException gone) {
                last = new Outcome.Failed("failed to connect to LDAP server");
            } catch (GeneralSecurityException | IOException untrusted) {
                last = new Outcome.Failed("the certificates to trust cannot be used");
            }
        }
        return last;
    }

    private static Outcome ask(LDAPConnection connection, Question question, String user, Secret password) {
        try {
            bindAsBinder(connection, question);
            Optional<Found> found = find(connection, question, user);
            // Whoever is not found is tried all the same, in vain: the time shall not tell who is there.
            boolean fits = binds(connection, found.map(Found::bound).orElse(NOBODY), password);
            if (found.isEmpty() || !fits) {
                return new Outcome.Refused();
            }
            String name = found.get().name();
            if (question.group().base().isEmpty()) {
                return new Outcome.Known(name, List.of());
            }
            if (question.group().anonymous()) {
                connection.bind("", "");
            } else {
                bindAsBinder(connection, question);
            }
            return new Outcome.Known(
                    name, LdapGroups.of(connection, question, user, found.get().bound()));
        } catch (LDAPException failed) {
            return new Outcome.Failed(
                    "the server answers " + failed.getResultCode().getName());
        }
    }

    private static LDAPConnection connect(Question question, String url, Slow slow)
            throws LDAPException, GeneralSecurityException, IOException {
        LDAPURL parsed = new LDAPURL(url);
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(millis(slow, question.waits().connection()));
        options.setResponseTimeoutMillis(millis(slow, question.waits().answer()));
        options.setFollowReferrals(false);
        boolean tls = parsed.getScheme().equals("ldaps");
        if (tls) {
            return new LDAPConnection(sockets(question), options, parsed.getHost(), parsed.getPort());
        }
        LDAPConnection connection = new LDAPConnection(options, parsed.getHost(), parsed.getPort());
        if (question.tls().start()) {
            ResultCode started = connection
                    .processExtendedOperation(new StartTLSExtendedRequest(sockets(question)))
                    .getResultCode();
            if (!started.equals(ResultCode.SUCCESS)) {
                connection.close();
                throw new LDAPException(started);
            }
        }
        return connection;
    }

    /// No longer than the request has left.
    private static int millis(Slow slow, Duration wait) {
        return (int) Math.min(slow.left().toMillis(), wait.toMillis());
    }

    private static SSLSocketFactory sockets(Question question) throws GeneralSecurityException, IOException {
        SSLContext context = question.tls().trusted().isEmpty()
                ? standard()
                : TrustOnly.of(question.tls().trusted());
        return new LdapSockets(context.getSocketFactory(), question.tls().lowest());
    }

    private static SSLContext standard() throws NoSuchAlgorithmException {
        return SSLContext.getDefault();
    }

    private static void bindAsBinder(LDAPConnection connection, Question question) throws LDAPException {
        if (!question.binder().isEmpty() && !question.secret().isEmpty()) {
            connection.bind(question.binder(), question.secret());
        }
    }

    /// Who is asked about.
    ///
    /// @param bound what he binds with
    /// @param name as of {@link Outcome.Known}
    private record Found(String bound, String name) {
        static Found of(SearchResultEntry entry, String attribute, String user) {
            String[] values = entry.getAttributeValues(attribute);
            List<String> names = values == null ? List.of() : List.of(values);
            boolean own = names.isEmpty() || names.stream().anyMatch(user::equalsIgnoreCase);
            return new Found(entry.getDN(), own ? "" : names.getFirst());
        }
    }

    /// What exactly one entry says, or what his own name makes.
    private static Optional<Found> find(LDAPConnection connection, Question question, String user)
            throws LDAPException {
        Users users = question.user();
        if (users.discover()) {
            SearchRequest search = new SearchRequest(
                    users.base(), SearchScope.SUB, users.filter().of(users.attribute(), user, ""), users.attribute());
            search.setSizeLimit(2);
            List<SearchResultEntry> found = connection.search(search).getSearchEntries();
            return found.size() == 1
                    ? Optional.of(Found.of(found.getFirst(), users.attribute(), user))
                    : Optional.empty();
        }
        String bound = users.domain().isEmpty()
                ? new DN(new RDN(users.attribute(), user), new DN(users.base())).toString()
                : user + "@" + users.domain();
        return Optional.of(new Found(bound, ""));
    }

    private static boolean binds(LDAPConnection connection, String name, Secret password) throws LDAPException {
        byte[] bytes = password.copy();
        try {
            return connection
                    .bind(new SimpleBindRequest(name, bytes))
                    .getResultCode()
                    .equals(ResultCode.SUCCESS);
        } catch (LDAPException refused) {
            if (WRONG.contains(refused.getResultCode())) {
                return false;
            }
            throw refused;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
