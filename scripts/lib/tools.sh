# SPDX-License-Identifier: Apache-2.0
# Finds the tools that Coffer is built and run with. Sourced by the scripts beside it; POSIX sh, few forks.

say() {
    printf 'coffer: %s\n' "$*" >&2
}

# Unsets what the user has set for Coffer's clients, daemon or JVM: a check must not depend on it.
forget_settings() {
    for name in $(env | sed -n 's/^\(VAULT_[A-Z_]*\|BAO_[A-Z_]*\|COFFER_[A-Z_]*\|JAVA_TOOL_OPTIONS\|JDK_JAVA_OPTIONS\)=.*/\1/p'); do
        unset "$name"
    done
}

# The version of the JDK in $1 from its `release` file, into jdk_major and jdk_version. No JVM is started: that alone
# would cost a client command 0.05 s.
read_release() {
    jdk_major=0 jdk_version=
    [ -r "$1/release" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
    while IFS= read -r release_line; do
        case $release_line in
            JAVA_VERSION=*) jdk_major=${release_line#*=\"} jdk_major=${jdk_major%%[!0-9]*} ;;
            JAVA_RUNTIME_VERSION=*) jdk_version=${release_line#*=\"} jdk_version=${jdk_version%\"*} ;;
        esac
    done <"$1/release"
    [ "${jdk_major:-0}" -ge 25 ]
}

# Sets and exports JAVA_HOME to a JDK 25 or newer: the one that JAVA_HOME names, one in PATH, or one where JDKs are
# usually installed.
find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && read_release "$JAVA_HOME"; then
        export JAVA_HOME
        return 0
    fi
    jdk_ifs=$IFS
    IFS=:
    for jdk_bin in $PATH; do
        if [ -x "$jdk_bin/java" ] && read_release "${jdk_bin%/bin}"; then
            IFS=$jdk_ifs
            export JAVA_HOME="${jdk_bin%/bin}"
            return 0
        fi
    done
    IFS=$jdk_ifs
    for jdk_home in /usr/lib/jvm/* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /opt/* /opt/java/* \
        /usr/local/* /usr/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        if read_release "$jdk_home"; then
            export JAVA_HOME="$jdk_home"
            return 0
        fi
    done
    # A link to a java somewhere else, as a last resort: following it needs a program.
    jdk_bin=$(command -v javac) && jdk_bin=$(readlink -f "$jdk_bin" 2>/dev/null) && read_release "${jdk_bin%/bin/javac}" || {
        say "no JDK 25 or newer was found. Install one (Debian and Ubuntu: temurin-25-jdk or openjdk-25-jdk;"
        say "anywhere: https://adoptium.net) and, if it is in an unusual place, set JAVA_HOME to it."
        return 1
    }
    export JAVA_HOME="${jdk_bin%/bin/javac}"
}

# Maven on that JDK, without warnings about its own libraries, and without a file of counters in the temporary directory.
find_maven() {
    command -v mvn >/dev/null 2>&1 || {
        say "Maven was not found. Install Maven 3.8.7 or newer (Debian and Ubuntu: apt install maven) and put mvn in PATH."
        return 1
    }
    export MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:-UsePerfData ${MAVEN_OPTS:-}"
}
