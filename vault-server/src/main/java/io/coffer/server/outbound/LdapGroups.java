// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.outbound;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.coffer.core.engine.Directory.Groups;
import io.coffer.core.engine.Directory.Question;
import io.coffer.core.engine.Directory.Users;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The groups that somebody is in.
final class LdapGroups {
    private static final int MOST = 1_000;

    private LdapGroups() {}

    /// @param bound the name that he has bound with
    static List<String> of(LDAPConnection connection, Question question, String user, String bound)
            throws LDAPException {
        String name = question.user().domain().isEmpty() ? bound : entry(connection, question.user(), bound);
        if (name.isEmpty()) {
            return List.of();
        }
        List<Filter> wanted = question.group().byToken()
                ? byToken(connection, name)
                : List.of(Filter.create(
                        question.group().filter().of(question.user().attribute(), user, name)));
        return wanted.isEmpty() ? List.of() : found(connection, question.group(), Filter.createORFilter(wanted));
    }

    private static List<String> found(LDAPConnection connection, Groups groups, Filter wanted) throws LDAPException {
        String attribute = groups.attribute();
        SearchRequest search = new SearchRequest(groups.base(), SearchScope.SUB, wanted, attribute);
        search.setSizeLimit(MOST);
        Set<String> names = new LinkedHashSet<>();
        for (SearchResultEntry entry : connection.search(search).getSearchEntries()) {
            String[] values = entry.getAttributeValues(attribute);
            for (String value : values == null ? new String[0] : values) {
                names.add(shortName(value));
            }
        }
        return List.copyOf(names);
    }

    /// The entry of one who has bound as NAME@DOMAIN; empty if there is not exactly one.
    private static String entry(LDAPConnection connection, Users users, String bound) throws LDAPException {
        SearchRequest search = new SearchRequest(
                users.base(), SearchScope.SUB, Filter.createEqualityFilter("userPrincipalName", bound), "1.1");
        search.setSizeLimit(2);
        List<SearchResultEntry> found = connection.search(search).getSearchEntries();
        return found.size() == 1 ? found.getFirst().getDN() : "";
    }

    /// Active Directory tells all groups of somebody, also those that he is in by others, by their numbers.
    private static List<Filter> byToken(LDAPConnection connection, String name) throws LDAPException {
        SearchResultEntry entry = connection.getEntry(name, "tokenGroups");
        byte[][] numbers = entry == null ? null : entry.getAttributeValueByteArrays("tokenGroups");
        List<Filter> each = new ArrayList<>();
        for (byte[] number : numbers == null ? new byte[0][] : numbers) {
            each.add(Filter.createEqualityFilter("objectSid", number));
        }
        return each;
    }

    /// Of the name of an entry its own `cn`; everything else as it is.
    private static String shortName(String value) throws LDAPException {
        if (!value.contains("=") || !DN.isValidDN(value)) {
            return value;
        }
        RDN own = new DN(value).getRDN();
        return own != null && own.getAttributeNames()[0].equalsIgnoreCase("cn") ? own.getAttributeValues()[0] : value;
    }
}
