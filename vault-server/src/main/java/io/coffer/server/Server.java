// SPDX-License-Identifier: Apache-2.0
package io.coffer.server;

import io.coffer.core.Event;
import io.coffer.core.Observer;
import io.coffer.core.Time;
import io.coffer.core.audit.AuditLimits;
import io.coffer.core.audit.AuditLog;
import io.coffer.core.barrier.Job;
import io.coffer.core.barrier.PurgeJob;
import io.coffer.core.crypto.SelfTests;
import io.coffer.core.engine.Engine;
import io.coffer.core.storage.Committer;
import io.coffer.core.storage.Disk;
import io.coffer.core.storage.MemoryDisk;
import io.coffer.core.system.Node;
import io.coffer.server.audit.AuditSinks;
import io.coffer.server.audit.SinkLimits;
import io.coffer.server.config.ServerConfig;
import io.coffer.server.config.StorageConfig;
import io.coffer.server.http.Admission;
import io.coffer.server.http.HttpCounts;
import io.coffer.server.http.Listeners;
import io.coffer.server.http.Service;
import io.coffer.server.http.Workers;
import io.coffer.server.jobs.JobTimer;
import io.coffer.server.metrics.Metrics;
import io.coffer.storage.RocksDbDisk;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// The daemon, put together: one method for each layer, from the disk up. What was opened is closed in the opposite
/// order.
final class Server implements AutoCloseable {
    /// The level of the API that clients test for.
    static final String API_VERSION = "1.17.0+coffer";

    private static final Duration STOPPING = Duration.ofSeconds(10);

    private final ServerConfig config;
    private final Map<String, Engine.Kind> kinds;
    private final Time time = Time.system();
    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean storageFailed = new AtomicBoolean();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Metrics metrics = new Metrics();
    private final HttpCounts counts = new HttpCounts();
    private final Observer observer;
    private final Workers workers = Workers.oneForEachCore();
    private final SlowPool slow = SlowPool.ofHalfTheCores();
    private final AuditLog audit;
    private final Core core;
    private final Listeners listeners;

    /// Starts everything; the vault is sealed or uninitialized then.
    ///
    /// @param kinds what can be mounted beside the engines that every vault has
    /// @throws IOException if a listener cannot be bound
    Server(ServerConfig config, Map<String, Engine.Kind> kinds, Observer observer) throws IOException {
        this.config = config;
        this.kinds = Map.copyOf(kinds);
        this.observer = event -> {
            if (event instanceof Event.StorageFailed) {
                storageFailed.set(true);
            }
            metrics.observe(event);
            observer.observe(event);
        };
        boolean started = false;
        try {
            SelfTests.run(random);
            this.audit = audit();
            Disk disk = disk();
            this.core = core(committer(disk));
            jobs(disk);
            this.listeners = listeners();
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private Disk disk() {
        Disk disk =
                switch (config.storage()) {
                    case StorageConfig.RocksDb(var path) -> RocksDbDisk.open(path);
                    case StorageConfig.InMemory none -> new MemoryDisk();
                };
        opened.push(disk);
        return disk;
    }

    private Committer committer(Disk disk) {
        ExecutorService logThread = Executors.newSingleThreadExecutor(work -> new Thread(work, "coffer-log"));
        opened.push(() -> {
            logThread.shutdown();
            logThread.awaitTermination(STOPPING.toMillis(), TimeUnit.MILLISECONDS);
        });
        Committer committer = new Committer(disk, logThread, observer, time);
        opened.push(committer);
        return committer;
    }

    private AuditLog audit() {
        AuditSinks sinks = AuditSinks.open(config.audits(), SinkLimits.DEFAULT);
        opened.push(sinks);
        AuditLog log = new AuditLog(sinks.devices(), AuditLimits.DEFAULT, time, observer);
        opened.push(log::flush);
        return log;
    }

    private Core core(Committer committer) {
        Release release = Release.current();
        Node node = new Node(
                API_VERSION,
                release.date().toString(),
                switch (config.storage()) {
                    case StorageConfig.RocksDb disk -> "rocksdb";
                    case StorageConfig.InMemory none -> "inmem";
                },
                config.node().clusterName().orElse(""),
                storageFailed::get);
        return new Core(
                committer,
                config,
                node,
                new Core.Surroundings(
                        time,
                        random,
                        observer,
                        audit,
                        metrics,
                        new Core.Pools(workers, slow),
                        counts.latencies(),
                        kinds));
    }

    private void jobs(Disk disk) {
        ExecutorService purges = Executors.newSingleThreadExecutor(work -> new Thread(work, "coffer-purge"));
        opened.push(() -> {
            purges.shutdownNow();
            purges.awaitTermination(STOPPING.toMillis(), TimeUnit.MILLISECONDS);
        });
        List<Job> jobs = new ArrayList<>(core.jobs());
        jobs.add(new PurgeJob(disk, purges, observer));
        JobTimer timer = new JobTimer(core.vault(), jobs, time, observer);
        timer.start(() -> {
            audit.tick();
            core.expire();
        });
        opened.push(timer);
        opened.push(core.vault()::seal);
    }

    private Listeners listeners() throws IOException {
        Admission admission = Admission.of(config.limits());
        metrics.watch(counts, admission);
        Service service = new Service(new Front(core, metrics), workers, admission, time, observer);
        opened.push(() -> workers.stop(STOPPING));
        opened.push(slow);
        Listeners all = Listeners.start(config.listeners(), config.limits(), service, counts);
        opened.push(() -> all.stop(STOPPING));
        return all;
    }

    Core core() {
        return core;
    }

    AuditLog auditLog() {
        return audit;
    }

    Listeners listening() {
        return listeners;
    }

    Metrics metrics() {
        return metrics;
    }

    Time time() {
        return time;
    }

    SecureRandom random() {
        return random;
    }

    /// Answers what is under way, seals, and closes the disk.
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception stuck) {
                observer.observe(
                        new Event.JobFailed("stopping", stuck.getClass().getName()));
            }
        }
    }
}
