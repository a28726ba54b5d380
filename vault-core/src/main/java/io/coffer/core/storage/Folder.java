// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.storage;

import java.util.Objects;

/// Everything in a scope below one prefix that ends at a segment: the path is empty (the whole scope) or
/// ends in '/'.
public record Folder(Scope scope, String path) {
    public Folder {
        Objects.requireNonNull(scope, "scope");
        if (!path.isEmpty()) {
            if (!path.endsWith("/")) {
                throw new IllegalArgumentException("a folder's path ends in '/'");
            }
            Names.check(path.substring(0, path.length() - 1));
        }
    }

    /// The whole of a scope.
    public static Folder of(Scope scope) {
        return new Folder(scope, "");
    }

    /// A folder in this one; the path has no '/' at its ends and may be empty (this folder itself).
    public Folder folder(String relative) {
        return relative.isEmpty() ? this : new Folder(scope, path + relative + "/");
    }

    /// A key in this folder.
    public StorageKey key(String relative) {
        return new StorageKey(scope, path + relative);
    }

    /// Whether the key lies in this folder, at any depth.
    public boolean contains(StorageKey key) {
        return key.scope().equals(scope) && key.path().startsWith(path);
    }

    /// Whether the other folder is this one or lies in it.
    public boolean contains(Folder other) {
        return other.scope().equals(scope) && other.path().startsWith(path);
    }

    /// The path of a key of this folder as seen from it.
    public String relative(StorageKey key) {
        if (!contains(key)) {
            throw new IllegalArgumentException(key + " is not in " + this);
        }
        return key.path().substring(path.length());
    }

    /// The bytes that every disk key of this folder starts with.
    public byte[] encoded() {
        return Names.encode(scope, path);
    }

    /// The first bytes after all disk keys of this folder.
    public byte[] end() {
        byte[] end = encoded();
        end[end.length - 1]++; // NUL or '/', so it never overflows
        return end;
    }

    @Override
    public String toString() {
        return scope + ":" + path;
    }
}
