// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.engine;

import io.coffer.core.request.Json;
import io.coffer.core.request.Response;
import io.coffer.core.storage.Folder;
import io.coffer.core.storage.Page;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.Reader;
import io.coffer.core.storage.StorageKey;
import io.coffer.core.storage.StorageLimits;
import java.util.ArrayList;
import java.util.List;

/// The names in a folder as an answer lists them: in byte order, folders with a '/' at their end.
///
/// @param cut whether there are more than one answer may hold, so that the rest must be asked for
public record Listing(List<String> names, boolean cut) {
    /// The most names that one answer lists.
    public static final int LONGEST = 100_000;

    private static final int PAGE = StorageLimits.DEFAULT.page();

    public Listing {
        names = List.copyOf(names);
    }

    /// The answer to a list of what lies directly in the folder.
    public static Response answer(Call call, Reader<Plaintext> reader, Folder folder) {
        return Paging.asked(call, paging -> children(reader, folder, paging).listed());
    }

    /// What lies directly in the folder.
    public static Listing children(Reader<Plaintext> reader, Folder folder, Paging paging) {
        return of(paging, (after, limit) -> reader.list(folder, after, limit));
    }

    /// What lies below the folder at any depth, relative to it.
    public static Listing below(Reader<Plaintext> reader, Folder folder, Paging paging) {
        return of(paging, (after, limit) -> relative(folder, reader.scan(folder, after, limit)));
    }

    /// At most so many of the names.
    public Listing first(int most) {
        return names.size() <= most ? this : new Listing(names.subList(0, most), true);
    }

    /// What an answer tells beside the names.
    public List<String> warnings() {
        return cut
                ? List.of("There are more than " + names.size() + " entries; ask for the rest with the parameter"
                        + " \"after\" and the last of these.")
                : List.of();
    }

    /// The answer to a list: nothing there is not found.
    public Response listed() {
        return names.isEmpty() ? Response.ABSENT : new Response.Ok(keys().build(), 0, warnings());
    }

    /// The answer to a scan: nothing there is an answer without keys.
    public Response scanned() {
        return names.isEmpty() ? new Response.Ok(Json.EMPTY) : listed();
    }

    /// The answer's data, to which more may be added.
    public Json.Builder keys() {
        return Json.object().put("keys", Json.of(names));
    }

    /// The part of a list that is asked for, gathered from its pages.
    public static Listing of(Paging paging, Source source) {
        long wanted = paging.limit() == 0 ? LONGEST : Math.min(paging.limit(), LONGEST);
        List<String> names = new ArrayList<>();
        Page<String> page = new Page<>(List.of(), true);
        while (page.more() && names.size() < wanted) {
            String after = names.isEmpty() ? paging.after() : names.getLast();
            page = source.page(after, (int) Math.min(PAGE, wanted - names.size()));
            names.addAll(page.items());
        }
        return new Listing(names, page.more() && (paging.limit() == 0 || paging.limit() > LONGEST));
    }

    private static Page<String> relative(Folder folder, Page<StorageKey> keys) {
        return new Page<>(keys.items().stream().map(folder::relative).toList(), keys.more());
    }

    /// Reads one page of names after a name.
    public interface Source {
        Page<String> page(String after, int limit);
    }
}
