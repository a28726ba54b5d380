# SPDX-License-Identifier: Apache-2.0
# How the JVM is started, and whether what was built is as new as the sources. Sourced by scripts/coffer,
# scripts/lib/build and scripts/lib/train, so that a cache is made with the very flags and class path it is used with.
#
# vault-server/target/run holds what runs:
#   started       touched when the build began: nothing that was built may be older than a source
#   launch        written last; without it there is nothing to run
#   DIGEST/       copies of our jars, named by the SHA-256 over all jars, so that a build never writes into a jar that a
#                 running daemon has open
#   *-DIGEST.aot  the caches of the daemon and of client commands, named by jars, JDK and flags. The JVM does not check
#                 a cache against the jars: with a wrong one it runs old code in silence.

target=$root/vault-server/target
run=$target/run

is_fresh() {
    [ -f "$run/launch" ] && [ -f "$run/started" ] || return 1
    newer=$(cd "$root" && find pom.xml .mvn scripts/lib/build scripts/lib/launch.sh scripts/lib/tools.sh scripts/lib/train \
        vault-core/pom.xml vault-core/src/main vault-storage/pom.xml vault-storage/src/main vault-server/pom.xml \
        vault-server/src/main -cnewer "$run/started" -print -quit 2>/dev/null) ||
        return 1
    [ -z "$newer" ] && read_launch && [ "$launch_root" = "$root" ] && [ "$launch_jdk" = "$JAVA_HOME $jdk_version" ]
}

# Five lines, each may hold blanks; the last two are empty where no cache could be made.
read_launch() {
    { read -r launch_root && read -r launch_jdk && read -r launch_jars && read -r launch_daemon && read -r launch_client; } \
        2>/dev/null <"$run/launch"
}

# The JVM reads arguments, environment and file names in the locale's character set, and most of them are lost in the
# one of C or of a locale that is not installed. Only who names another set than UTF-8 means it.
use_utf8() {
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
        *.[Uu][Tt][Ff]-8 | *.[Uu][Tt][Ff]8 | C | POSIX | '') export LC_ALL=C.UTF-8 ;;
    esac
}

# The classes of a client command: it loads neither Vert.x nor RocksDB nor a logger.
client_path() {
    jars=$run/$launch_jars lib=$target/lib
    class_path=$jars/vault-server.jar:$jars/vault-core.jar
    for jar in "$lib"/picocli-*.jar "$lib"/jackson-core-*.jar; do
        [ ! -f "$jar" ] || class_path=$class_path:$jar
    done
}

daemon_path() {
    jars=$run/$launch_jars lib=$target/lib
    class_path=$jars/vault-server.jar:$jars/vault-core.jar:$jars/vault-storage.jar
    for jar in "$lib"/*.jar; do
        case $jar in
            "$lib"/vault-*) ;;
            *) class_path=$class_path:$jar ;;
        esac
    done
}

aot_mode='' aot_file='' aot_output=''

# The JVM's own messages must not stand in the output that a script reads.
client_flags="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -XX:-UsePerfData -Xlog:disable
    --enable-native-access=ALL-UNNAMED"

# Nothing of the memory gets out: no attach, no heap dump, no crash report, no shared counters in the temporary directory.
daemon_flags="-XX:+UseSerialGC -Xmx256m -XX:-UsePerfData -Xlog:disable -Xlog:all=error:stderr
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    -XX:+DisableAttachMechanism -XX:-HeapDumpOnOutOfMemoryError -XX:+ExitOnOutOfMemoryError
    -XX:ErrorFile=/dev/null -XX:-CreateCoredumpOnCrash"

# Become the JVM. aot_mode and aot_file are its options for a cache, empty for none.
client_command() {
    client_path
    # shellcheck disable=SC2086
    exec "$JAVA_HOME/bin/java" $client_flags ${aot_mode:+"$aot_mode"} ${aot_file:+"$aot_file"} ${aot_output:+"$aot_output"} \
        -cp "$class_path" io.coffer.server.Main "$@"
}

# COFFER_JAVA_OPTS: further flags of the daemon's JVM, separated by blanks.
daemon_command() {
    daemon_path
    # Elsewhere (musl included) the jars bring their own and unpack it at each start.
    natives=
    if [ "$(uname -s) $(uname -m)" = "Linux x86_64" ] && [ ! -e /lib/ld-musl-x86_64.so.1 ]; then
        natives=$target/native
    fi
    set -f
    # shellcheck disable=SC2086
    exec "$JAVA_HOME/bin/java" $daemon_flags ${aot_mode:+"$aot_mode"} ${aot_file:+"$aot_file"} ${aot_output:+"$aot_output"} \
        ${natives:+"-Djava.library.path=$natives" "-Dcoffer.rocksdb.library=$natives/librocksdbjni-linux64.so"} \
        ${COFFER_JAVA_OPTS:-} -cp "$class_path" io.coffer.server.Main "$@"
}
