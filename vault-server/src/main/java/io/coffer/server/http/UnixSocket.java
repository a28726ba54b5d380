// SPDX-License-Identifier: Apache-2.0
package io.coffer.server.http;

import io.coffer.server.config.ListenerConfig;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.Set;

/// The file of a Unix socket: who may connect is who may write to it.
final class UnixSocket {
    private UnixSocket() {}

    /// Makes room: a socket that a killed daemon left behind is removed; one that somebody listens on, and
    /// any other file, is not.
    static void makeRoom(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isOther()) {
            throw new IOException(path + " exists and is no socket; remove it or name another path");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException nobodyThere) {
            Files.delete(path);
            return;
        }
        throw new IOException(path + " is in use by another process");
    }

    /// Sets owner and mode, owner first: between the two nobody may do more than in the end.
    static void protect(ListenerConfig.Unix socket) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(socket.path(), PosixFileAttributeView.class);
        view.setPermissions(PosixFilePermissions.fromString("rw-------"));
        UserPrincipalLookupService names = FileSystems.getDefault().getUserPrincipalLookupService();
        if (socket.group().isPresent()) {
            GroupPrincipal group =
                    names.lookupPrincipalByGroupName(socket.group().get());
            view.setGroup(group);
        }
        if (socket.user().isPresent()) {
            UserPrincipal user = names.lookupPrincipalByName(socket.user().get());
            view.setOwner(user);
        }
        Set<PosixFilePermission> mode = socket.mode();
        view.setPermissions(mode);
    }
}
