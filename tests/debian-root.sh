# Debians in folders, made with debootstrap and kept in $roots (/var/cache/sipmsg-roots, or
# the folder that SIPMSG_ROOTS names), so that the next time is fast. Sourced by tests that
# need another Debian than this machine's, or a clean one; $top is the project's folder.
# Needs root, or sudo. One test at a time has the roots.
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
umask 022
roots=${SIPMSG_ROOTS:-/var/cache/sipmsg-roots}

if [ "$(id -u)" != 0 ]; then
    exec sudo env SIPMSG_ROOTS="$roots" "$0" "$@"
fi
PATH=$PATH:/usr/sbin:/sbin
# shellcheck disable=SC2154 # top is the caller's
"$top/tests/install-packages" roots

mkdir -p "$roots"
roots=$(cd "$roots" && pwd -P) # as the table of mounts has it
exec 9>"$roots/lock"
flock -n 9 || { echo "${0##*/}: waiting for another test to end that uses $roots"; flock 9; }

# Deepest first, whoever mounted it: a run that was killed leaves mounts behind.
unmount_below() {
    awk -v folder="$1/" 'index($5, folder) == 1 { print $5 }' /proc/self/mountinfo |
        sort -r | xargs -r -d '\n' umount --lazy
}
scripts=$(mktemp -d)
trap 'unmount_below "$roots"; rm -rf "$scripts"' EXIT
unmount_below "$roots"

remove() {
    unmount_below "$1"
    rm -rf --one-file-system "$1"
}

# A debootstrap that is older than a suite lacks a script for it, which would be
# sid's. The link is made in a copy: the original is the package's.
cp -r /usr/share/debootstrap/. "$scripts"
for suite in trixie forky; do
    [ -e "$scripts/scripts/$suite" ] || ln -s sid "$scripts/scripts/$suite"
done

# A root is made anew after a week, since forky moves, and fixes come for all.
is_made() {
    [ -n "$(find "$1.made" -mtime -7 2>/dev/null)" ]
}

# $roots/SUITE.clean, as debootstrap leaves it.
make_clean_root() {
    local suite=$1 root=$roots/$1.clean
    if is_made "$root"; then
        return
    fi
    rm -f "$root.made"
    remove "$root"
    for attempt in 1 2 3; do
        echo "Making $root"
        if DEBOOTSTRAP_DIR=$scripts debootstrap --variant=minbase "$suite" "$root" >"$root.log" 2>&1; then
            break
        fi
        tail -n 20 "$root.log" "$root/debootstrap/debootstrap.log" || true
        remove "$root"
        [ "$attempt" != 3 ] || return 1
        sleep 10
    done
    # A mirror's copy of a suite that moves may be older than its Release file allows.
    echo 'Acquire::Check-Valid-Until "false";' >"$root/etc/apt/apt.conf.d/99sipmsg"
    touch "$root.made"
}

# copy_clean_root SUITE ROOT
copy_clean_root() {
    make_clean_root "$1" && remove "$2" && cp -a --reflink=auto "$roots/$1.clean" "$2"
}

# Nothing of this machine's environment but the way to the network.
inside() {
    local root=$1
    shift
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
        ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
        chroot "$root" "$@"
}

copy_tree() {
    rm -rf "$1" && mkdir -p "$1" &&
        tar -C "$top" --anchored --exclude=./.git --exclude='./build*' --exclude=./.cache -cf - . |
        tar -C "$1" --no-same-owner -xf - && chmod -R go+rX "$1"
}

connect() {
    cp -L /etc/resolv.conf "$1/etc/resolv.conf" && mount -t proc proc "$1/proc"
}

# furnish SUITE SET...: $roots/SUITE, with the project in /sipmsg and these sets of
# tests/install-packages. It counts as made once its packages are in.
furnish() {
    local suite=$1 root=$roots/$1
    shift
    if is_made "$root"; then
        echo "Using $root"
    else
        rm -f "$root.made"
        copy_clean_root "$suite" "$root" || return 1
    fi
    connect "$root" || return 1
    copy_tree "$root/sipmsg" || return 1
    # An interrupted apt leaves a root that can't be used any more.
    inside "$root" /sipmsg/tests/install-packages "$@" || { rm -f "$root.made"; return 1; }
    [ -e "$root.made" ] || touch "$root.made"
}
