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

/// The file of a Unix socket that is listened on: who may connect is who may write to it.
///
/// @param key tells it from what somebody else may put in its place
record UnixSocket(Path path, Object key) {
    static UnixSocket bound(Path path) throws IOException {
        return new UnixSocket(path, attributes(path).fileKey());
    }

    /// Makes room: a socket that a killed daemon left behind is removed; one that somebody listens on, and
    /// any other file, is not.
    static void makeRoom(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!attributes(path).isOther()) {
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
    void protect(ListenerConfig.Unix socket) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
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

    /// Removes it, and nothing that somebody else has put there. One that stays behind is removed by the next start.
    void remove() {
        try {
            if (attributes(path).fileKey().equals(key)) {
                Files.delete(path);
            }
        } catch (IOException gone) {
            return;
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
