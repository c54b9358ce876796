#!/usr/bin/env bash
# Builds the folder that the Functions host is given: host.json, one folder per function, the binary.
#
#   infra/package.sh OUT [BINARY]    BINARY: a binary that is built already; else a static one is built
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
out=${1:?usage: infra/package.sh OUT [BINARY]}
binary=${2:-}
if [ -z "$binary" ]; then
  target=x86_64-unknown-linux-musl
  if ! rustup target list --installed | grep -qx "$target"; then
    echo "package: adding the target $target" >&2
    (cd "$root" && rustup target add "$target")
  fi
  echo "package: building the static binary" >&2
  # the C sources of ring need no libc and those of mimalloc only its plain headers: the system's C compiler serves for musl
  (cd "$root" && CC_x86_64_unknown_linux_musl="${CC_x86_64_unknown_linux_musl:-gcc}" \
    cargo build --release --locked --target "$target" --bin prefect-azure-sync)
  binary="${CARGO_TARGET_DIR:-$root/target}/$target/release/prefect-azure-sync"
fi
mkdir -p "$out"
cp "$root/host.json" "$out/"
cp -R "$root"/function-app/. "$out/"
install -m 0755 "$binary" "$out/prefect-azure-sync"
echo "package: $out" >&2
