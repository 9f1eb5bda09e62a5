#!/bin/sh
# Fuzzes every target, or those that are named:
#   FUZZ_SECONDS=600 run.sh TARGET_FOLDER [frames|media|text|identity…]
# What reaches code that nothing in the corpus reaches is added to the corpus, which is kept small. An input that breaks
# something stays in TARGET_FOLDER/artifacts, and is named.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
shift
[ $# -gt 0 ] || set -- frames media text identity

# As cargo-fuzz does it, on a stable compiler: the engine sees which code an input reaches, and what is compared there.
flags="--cfg fuzzing -Cpasses=sancov-module -Ccodegen-units=1"
for flag in level=4 inline-8bit-counters pc-table trace-compares; do
    flags="$flags -Cllvm-args=-sanitizer-coverage-$flag"
done
# For a target by name: programs that run while building are not looked into.
host=$(rustc -vV | sed -n 's/^host: //p')
RUSTFLAGS="$flags" CARGO_TARGET_DIR="$folder" cargo build --manifest-path "$here/Cargo.toml" --profile fuzz \
    --features engine --target "$host" --bins

mkdir -p "$folder/artifacts"
for target; do
    program="$folder/$host/fuzz/fuzz-$target"
    found="$folder/found/$target"
    mkdir -p "$found"
    # Files of 16 kB say all that a parser can be told. A try that takes 20 s, or 2 GB, is a fault as well.
    "$program" "$found" "$here/corpus/$target" -max_total_time="${FUZZ_SECONDS:-600}" -max_len=16384 -timeout=20 \
        -rss_limit_mb=2048 -artifact_prefix="$folder/artifacts/$target-" -print_final_stats=1 -verbosity=0
    # The smallest ones that reach all code that was reached, however often, up to 2 kB each: more are seldom needed.
    "$program" -set_cover_merge=1 -use_counters=0 -max_len=2048 -verbosity=0 "$here/corpus/$target" "$found"
done
