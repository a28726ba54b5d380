// SPDX-License-Identifier: Apache-2.0
package io.coffer.storage;

import io.coffer.core.storage.Family;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.Filter;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBufferManager;

/// RocksDB's options for one database, each with its reason, and the native memory behind them.
final class NativeOptions implements AutoCloseable {
    /// Four parts: few threads ask, and the smaller a part, the sooner it is full while others are empty.
    private static final int CACHE_SHARD_BITS = 2;

    private static final int BITS_A_KEY = 10;
    private static final long SMALL_BUFFER = 1L << 20;

    private final List<AbstractNativeReference> owned = new ArrayList<>();
    private final Cache cache;
    private final Filter filter;
    private final DBOptions database;

    NativeOptions(DiskOptions options) {
        cache = own(new LRUCache(options.cacheBytes(), CACHE_SHARD_BITS));
        filter = own(new BloomFilter(BITS_A_KEY, false));
        database = own(database(options));
    }

    DBOptions database() {
        return database;
    }

    /// The families in their order; the first is the one that RocksDB always has.
    List<ColumnFamilyDescriptor> families(DiskOptions options) {
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (Family family : Family.values()) {
            byte[] name = family == Family.ENTRIES
                    ? RocksDB.DEFAULT_COLUMN_FAMILY
                    : family.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            families.add(new ColumnFamilyDescriptor(name, family(family, options)));
        }
        return families;
    }

    /// After the database.
    @Override
    public void close() {
        for (AbstractNativeReference reference : owned.reversed()) {
            reference.close();
        }
    }

    private DBOptions database(DiskOptions options) {
        return checked()
                .setCreateIfMissing(false) // a database that lost its CURRENT would come up empty
                .setCreateMissingColumnFamilies(false)
                // A bent byte in the middle of a log is an error, a cut tail is what a crash leaves. The default
                // answers
                // a bent byte with the older value, in silence.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                // What is replayed is written to files at once, which makes a half-synced tail durable.
                .setAvoidFlushDuringRecovery(false)
                // A reused log file would keep old keys behind the new records.
                .setRecycleLogFileNum(0)
                .setWalTtlSeconds(0) // no archive of logs, for the same reason
                .setWalSizeLimitMB(0)
                .setMaxTotalWalSize(options.walBytes())
                .setParanoidChecks(true)
                // After an error it is opened again by its owner, never by itself: nobody would know.
                .setMaxBgErrorResumeCount(0)
                .setWriteBufferManager(own(new WriteBufferManager(options.writeBufferBytes(), cache)))
                .setMaxOpenFiles(options.openFiles())
                .setMaxBackgroundJobs(2) // one flush and one compaction beside the workers
                .setBytesPerSync(1L << 20) // compactions write steadily, so that a log's sync need not wait for them
                .setSkipStatsUpdateOnDbOpen(true) // opening does not depend on how many files there are
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(2)
                .setMaxLogFileSize(1L << 20)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    /// What the Java interface has no setter for: the manifest tells which logs there are and how long
    /// each is, so one that is missing, or cut and not the newest, is an error.
    private DBOptions checked() {
        Properties properties = new Properties();
        properties.setProperty("track_and_verify_wals_in_manifest", "true");
        return DBOptions.getDBOptionsFromProps(properties);
    }

    private ColumnFamilyOptions family(Family family, DiskOptions options) {
        ColumnFamilyOptions common = own(new ColumnFamilyOptions())
                .setTableFormatConfig(table())
                .setCompressionType(CompressionType.NO_COMPRESSION) // ciphertext has nothing to squeeze
                .setForceConsistencyChecks(true);
        return switch (family) {
            case ENTRIES -> common.setWriteBufferSize(options.writeBufferBytes() / 2);
            // Few and small. Each new file is read back, since nothing else opens without these.
            case KEYS -> common.setWriteBufferSize(SMALL_BUFFER).setParanoidFileChecks(true);
            // Every batch writes the same few: flushed, they are one each.
            case TALLY -> common.setWriteBufferSize(SMALL_BUFFER);
        };
    }

    private BlockBasedTableConfig table() {
        return new BlockBasedTableConfig()
                .setBlockCache(cache)
                // Each value that fills a block has one of its own. By default the few entries before it lie there too,
                // and with a value of 32 MiB, more than the cache takes, each get of them read all of it: 7 ms.
                .setBlockSizeDeviation(99)
                // Indexes and filters of a million entries count against the cache, or they would grow without
                // bound; and in small parts, or each get would read a whole one (140 us a get against 10).
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setPinTopLevelIndexAndFilter(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                // A get finds its key in a block by a hash: 8 % less time than by halving.
                .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
                // A put reads the header of what it replaces: for a new key that costs one look at a filter.
                .setFilterPolicy(filter)
                .setWholeKeyFiltering(true);
    }

    private <T extends AbstractNativeReference> T own(T reference) {
        owned.add(reference);
        return reference;
    }
}
