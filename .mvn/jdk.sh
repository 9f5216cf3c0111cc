# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Finds a JDK; read by ./sluse and benchmarks/run.

needed_jdk=25

# Prints the feature version of the JDK in $1, nothing when there is no JDK.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
    if [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    else
        "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1
    fi
}

# Every place where a JDK usually lies, one per line, the likeliest first.
jdk_places() {
    [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
    local java
    if java=$(command -v javac); then
        dirname "$(dirname "$(readlink -f "$java" 2>/dev/null || echo "$java")")"
    fi
    if [ -x /usr/libexec/java_home ]; then
        /usr/libexec/java_home -v "$needed_jdk+" 2>/dev/null || true
    fi
    local place
    for place in ${SLUSE_JDKS-/usr/lib/jvm /usr/java /opt/java /opt /Library/Java/JavaVirtualMachines \
        "${HOME:-}/.sdkman/candidates/java" "${HOME:-}/.jdks" "${HOME:-}/.local/share/mise/installs/java" "${HOME:-}/.asdf/installs/java"}; do
        [ -d "$place" ] || continue
        printf '%s\n' "$place"/* "$place"/*/Contents/Home
    done
}

# Prints where a JDK that is new enough lies, nothing when there is none.
find_jdk() {
    local place version
    while IFS= read -r place; do
        version=$(jdk_version "$place")
        if [ "${version:-0}" -ge "$needed_jdk" ]; then
            echo "$place"
            return
        fi
    done < <(jdk_places)
}
