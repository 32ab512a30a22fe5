#!/bin/sh
# Compiles the native file against the libtorch of this machine, and measures: sh run.sh [OPTIONS]
# PYTHON names the Python whose PyTorch is used and measured beside; python3 otherwise. Without options: on the GPU, where there is one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=$(command -v "${PYTHON:-python3}") || { echo "run.sh: there is no ${PYTHON:-python3}; PYTHON may name one with PyTorch" >&2; exit 1; }

torch=$("$python" -c 'import os, torch; print(os.path.dirname(torch.__file__))') || { echo "run.sh: $python has no PyTorch" >&2; exit 1; }
# PyTorch's wheels bring libtorch and its headers; those of a distribution lie where the compiler finds them.
if [ -z "${LIBTORCH:-}" ] && [ -f "$torch/include/torch/csrc/api/include/torch/version.h" ] && [ -f "$torch/lib/libtorch_cpu.so" ]; then
    export LIBTORCH="$torch"
fi
sh "$here/native/compile.sh" "$here"

if [ $# -eq 0 ] && "$python" -c 'import sys, torch; sys.exit(not torch.cuda.is_available())'; then
    set -- --device cuda --dtype bf16 --preset large
fi
chmod +x "$here/SlSam.Benchmarks"
exec "$here/SlSam.Benchmarks" --python "$python" "$@"
