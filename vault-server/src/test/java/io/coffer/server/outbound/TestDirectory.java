// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.outbound;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/// A directory in memory: `ann`, who is in `dev` and `ops`, and people with odd names.
public final class TestDirectory implements AutoCloseable {
    public static final String PEOPLE = "ou=people,dc=example";
    public static final String GROUPS = "ou=groups,dc=example";
    public static final String BINDER = "cn=binder";
    public static final String SECRET = "binder-password";

    public final InMemoryDirectoryServer server;

    /// How many times somebody has shown a password.
    final AtomicInteger binds = new AtomicInteger();

    /// @param tls what its listeners show: one with StartTLS, and one for `ldaps`
    public TestDirectory(Optional<SSLContext> tls) throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example");
        InetAddress here = InetAddress.getLoopbackAddress();
        if (tls.isPresent()) {
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig(
                            "plain", here, 0, tls.get().getSocketFactory()),
                    InMemoryListenerConfig.createLDAPSConfig(
                            "tls", here, 0, tls.get().getServerSocketFactory(), null));
        } else {
            config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig("plain", here, 0, null));
        }
        config.addAdditionalBindCredentials(BINDER, SECRET);
        config.addInMemoryOperationInterceptor(new DomainNames());
        config.setSchema(null);
        server = new InMemoryDirectoryServer(config);
        server.add("dn: dc=example", "objectClass: domain", "dc: example");
        server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
        server.add("dn: " + GROUPS, "objectClass: organizationalUnit", "ou: groups");
        person("ann", "uid=ann,ou=people,dc=example");
        person("a,b=c", "uid=a\\,b\\=c,ou=people,dc=example");
        person("*", "uid=*,ou=people,dc=example");
        server.add(
                "dn: cn=dev,ou=groups,dc=example",
                "objectClass: groupOfNames",
                "cn: dev",
                "objectSid:: AQUAAAE=",
                "member: uid=ann,ou=people,dc=example");
        server.add("dn: cn=ops,ou=groups,dc=example", "objectClass: posixGroup", "cn: ops", "memberUid: ann");
        server.add("dn: cn=no,ou=groups,dc=example", "objectClass: posixGroup", "cn: no", "memberUid: bob");
        server.startListening();
    }

    /// Lets people bind as NAME@corp.example, as Active Directory does.
    private final class DomainNames extends InMemoryOperationInterceptor {
        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) {
            binds.incrementAndGet();
            SimpleBindRequest asked = request.getRequest();
            String name = asked.getBindDN();
            if (name.endsWith("@corp.example")) {
                String uid = name.substring(0, name.indexOf('@'));
                request.setRequest(new SimpleBindRequest(
                        "uid=" + uid + "," + PEOPLE, asked.getPassword().getValue()));
            }
        }
    }

    private void person(String uid, String name) throws Exception {
        server.add(
                "dn: " + name,
                "objectClass: inetOrgPerson",
                "uid: " + uid,
                "cn: " + uid,
                "sn: x",
                "userPrincipalName: " + uid + "@corp.example",
                "memberOf: cn=Staff,ou=groups,dc=example",
                "memberOf: plain",
                "tokenGroups:: AQUAAAE=",
                "tokenGroups:: AQUAAAI=",
                "userPassword: pw");
    }

    public String url() {
        return "ldap://127.0.0.1:" + server.getListenPort("plain");
    }

    /// What a method is configured with to ask this directory about people and groups.
    public String configuration() {
        return "{\"url\":\"" + url() + "\",\"binddn\":\"" + BINDER + "\",\"bindpass\":\"" + SECRET + "\",\"userdn\":\""
                + PEOPLE + "\",\"userattr\":\"uid\",\"groupdn\":\"" + GROUPS + "\"}";
    }

    String secureUrl() {
        return "ldaps://127.0.0.1:" + server.getListenPort("tls");
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
