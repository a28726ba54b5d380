// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.token;

import io.coffer.core.barrier.BarrierReader;
import io.coffer.core.barrier.BarrierWriter;
import io.coffer.core.request.Json;
import io.coffer.core.request.JsonText;
import io.coffer.core.request.StoredRecord;
import io.coffer.core.storage.Plaintext;
import io.coffer.core.storage.StorageKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Paths below which all that was made up to a moment has ended, though not all of it is cleared away yet. So any
/// number of things ends at once, by one record; whoever finds one of them looks here.
///
/// @param held the first so many orders are being carried out
/// @param place how far that has come; empty at the start
public record EndedPaths(List<Order> orders, int held, String place) {
    /// The most orders that wait to be carried out.
    public static final int MOST = 100;

    private static final EndedPaths NONE = new EndedPaths(List.of(), 0, "");
    private static final int FORM = 1;

    public EndedPaths {
        orders = List.copyOf(orders);
    }

    /// What somebody has ended.
    ///
    /// @param folder a path with a '/' at its end; empty for any
    /// @param until what was made later lives
    /// @param force whether those that do not let go are forgotten
    /// @param mount the uuid of the mount that it is for alone; empty for any
    public record Order(String folder, Instant until, boolean force, String mount) {
        public Order(String folder, Instant until, boolean force) {
            this(folder, until, force, "");
        }

        /// @param path of what was made
        /// @param maker the uuid of the mount that made it; empty if that is not kept
        public boolean covers(String path, String maker, Instant made) {
            return !made.isAfter(until) && (path + "/").startsWith(folder) && (mount.isEmpty() || mount.equals(maker));
        }
    }

    /// The orders of a record.
    public static EndedPaths of(BarrierReader reader, StorageKey key) {
        return reader.cached(key, () -> reader.get(key).map(value -> read(key, value)))
                .orElse(NONE);
    }

    /// The order that has ended something, if one has.
    public Optional<Order> covering(String path, String maker, Instant made) {
        return orders.isEmpty()
                ? Optional.empty()
                : orders.stream()
                        .filter(order -> order.covers(path, maker, made))
                        .findFirst();
    }

    /// Adds an order.
    ///
    /// @return whether there was room
    public static boolean add(BarrierWriter writer, StorageKey key, Order order) {
        EndedPaths before = of(writer, key);
        if (before.orders.size() >= MOST) {
            return false;
        }
        List<Order> orders = new ArrayList<>(before.orders);
        orders.add(order);
        new EndedPaths(orders, before.held, before.place).put(writer, key);
        return true;
    }

    /// The orders that are being carried out, or if none is, that would be next.
    public EndedPaths underway(int most) {
        return place.isEmpty() ? new EndedPaths(orders.subList(0, Math.min(most, orders.size())), 0, "") : underway();
    }

    private EndedPaths underway() {
        return new EndedPaths(orders.subList(0, Math.min(held, orders.size())), held, place);
    }

    /// Whether this is still what is under way. A job looks at what is durable: a step of its own that is
    /// accepted and not durable yet may have finished these orders, and then others stand in their place.
    public boolean isUnderway(BarrierReader reader, StorageKey key, int most) {
        return equals(of(reader, key).underway(most));
    }

    /// Remembers how far the first so many orders are carried out.
    public static void advance(BarrierWriter writer, StorageKey key, int held, String place) {
        new EndedPaths(of(writer, key).orders(), held, place).put(writer, key);
    }

    /// Takes the first so many orders away: they are carried out.
    public static void finish(BarrierWriter writer, StorageKey key, int held) {
        List<Order> orders = of(writer, key).orders();
        new EndedPaths(orders.subList(Math.min(held, orders.size()), orders.size()), 0, "").put(writer, key);
    }

    /// Makes the record, so that it can be kept in memory that there is no order.
    static void create(BarrierWriter writer, StorageKey key) {
        NONE.put(writer, key);
    }

    private void put(BarrierWriter writer, StorageKey key) {
        writer.put(key, record());
    }

    Plaintext record() {
        List<Json> all = new ArrayList<>();
        orders.forEach(order -> all.add(record(order)));
        return new Plaintext(JsonText.write(Json.object()
                .put("v", FORM)
                .put("orders", new Json.Arr(all))
                .put("held", held)
                .put("place", place)
                .build()));
    }

    private static Json record(Order order) {
        Json.Builder record = Json.object()
                .put("folder", order.folder())
                .put("until", Long.toString(order.until().toEpochMilli()))
                .put("force", Boolean.toString(order.force()));
        return order.mount().isEmpty()
                ? record.build()
                : record.put("mount", order.mount()).build();
    }

    static EndedPaths read(StorageKey key, Plaintext value) {
        StoredRecord stored = StoredRecord.open(key, value, FORM);
        List<Order> orders = stored.textMaps("orders").stream()
                .map(order -> new Order(
                        order.getOrDefault("folder", ""),
                        Instant.ofEpochMilli(Long.parseLong(order.getOrDefault("until", "0"))),
                        Boolean.parseBoolean(order.get("force")),
                        order.getOrDefault("mount", "")))
                .toList();
        EndedPaths paths = new EndedPaths(orders, (int) stored.number("held"), stored.text("place"));
        stored.end();
        return paths;
    }
}
