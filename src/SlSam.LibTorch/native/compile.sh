#!/bin/sh
# Compiles the files beside it against the libtorch of this machine, into libslsam_torch.so.
#   compile.sh <output directory>
#   compile.sh --flags      prints the options that another program needs to use the same libtorch, one a line
# libtorch is looked for in $LIBTORCH, among Debian's packages, and in the PyTorch of python3, in this order.
# Training in many processes needs the headers of Gloo (Debian: libgloo-dev) or of NCCL, which libtorch does not bring; without them it is left out.
# What was compiled once is kept in $SLSAM_CACHE, else $XDG_CACHE_HOME/slsam, else ~/.cache/slsam: the next project copies it.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
out=${1:?"usage: compile.sh <output directory>"}
compiler=${CXX:-g++}

fail() { echo "slsam_torch : error SLSAM1002: $*" >&2; exit 1; }

command -v "$compiler" >/dev/null 2>&1 || fail "no C++ compiler '$compiler'. On Debian: apt-get install --no-install-recommends g++ (or set CXX)."

has_headers() { [ -f "$1/torch/csrc/api/include/torch/version.h" ]; }

if [ -n "${LIBTORCH:-}" ]; then
    include=$LIBTORCH/include
    lib=$LIBTORCH/lib
    has_headers "$include" || fail "LIBTORCH=$LIBTORCH has no include/torch/csrc/api/include/torch/version.h; it must name an unpacked libtorch or the torch folder of a PyTorch installation."
elif has_headers /usr/include; then
    include=/usr/include
    lib=
else
    python_torch=$(python3 -c 'import importlib.util as u; s = u.find_spec("torch"); print(s.submodule_search_locations[0] if s else "")' 2>/dev/null || true)
    [ -n "$python_torch" ] && has_headers "$python_torch/include" ||
        fail "no libtorch found. On Debian: apt-get install --no-install-recommends libtorch-dev libopenblas0-pthread; or install PyTorch for python3; or set LIBTORCH."
    include=$python_torch/include
    lib=$python_torch/lib
fi

version_of() { sed -n "s/^#define TORCH_VERSION_$1 //p" "$include/torch/csrc/api/include/torch/version.h" "$include/torch/headeronly/version.h" 2>/dev/null | head -n 1; }
major=$(version_of MAJOR)
minor=$(version_of MINOR)
[ -n "$major" ] && [ -n "$minor" ] || fail "cannot read libtorch's version in $include."

standard=c++17
[ "$major" -gt 2 ] || { [ "$major" -eq 2 ] && [ "$minor" -ge 10 ]; } && standard=c++20

set -- -I"$include" -I"$include/torch/csrc/api/include"
[ "$include" = /usr/include ] && set -- -I/usr/include/torch/csrc/api/include
if [ -n "$lib" ]; then
    set -- "$@" -L"$lib" -Wl,-rpath,"$lib"
    # Wheels before 2.6 were built with the C++ library's old ABI.
    if [ -f "$lib/libc10.so" ] && command -v nm >/dev/null 2>&1 && ! nm -DC "$lib/libc10.so" | grep -q 'c10::Error::Error(.*std::__cxx11::basic_string'; then
        set -- "$@" -D_GLIBCXX_USE_CXX11_ABI=0
    fi
fi

set -- "$@" -Wl,--no-as-needed -ltorch -ltorch_cpu -lc10
if [ "$out" = --flags ]; then
    printf '%s\n' "-std=$standard" "$@"
    exit
fi

# c10d's backends: those whose headers are here, with those of the library under them.
gloo=
nccl=
missing=
c10d=$include/torch/csrc/distributed/c10d
if [ ! -f "$c10d/ProcessGroupGloo.hpp" ]; then
    missing="this libtorch was built without c10d"
elif [ -f "$include/gloo/context.h" ] || [ -f /usr/include/gloo/context.h ] || [ -f /usr/local/include/gloo/context.h ]; then
    gloo=-DSLSAM_GLOO
else
    missing="the headers of Gloo are not installed. On Debian: apt-get install --no-install-recommends libgloo-dev; then build again"
fi
cuda=$lib/libtorch_cuda.so
[ -n "$lib" ] || cuda=$("$compiler" -print-file-name=libtorch_cuda.so)
if [ -f "$cuda" ] && [ -f "$c10d/ProcessGroupNCCL.hpp" ]; then
    # PyTorch's wheels have CUDA's headers and libraries in packages beside their own.
    for headers in ${lib:+"$lib"/../../nvidia/*/include} /usr/local/cuda/include; do
        [ -d "$headers" ] && set -- "$@" -I"$headers"
        [ -f "$headers/nccl.h" ] && nccl=-DSLSAM_NCCL
    done
    [ -f /usr/include/nccl.h ] && nccl=-DSLSAM_NCCL
    if [ -n "$nccl" ]; then
        set -- "$@" -ltorch_cuda -lc10_cuda
        for runtime in ${lib:+"$lib"/../../nvidia/*/lib/libcudart.so.*} /usr/local/cuda/lib64/libcudart.so; do
            [ -f "$runtime" ] && set -- "$@" "$runtime" -Wl,-rpath,"${runtime%/*}" && break
        done
    fi
fi

mkdir -p "$out"
library=$out/libslsam_torch.so

# The key is all that the library depends on: source, compiler, options, and which build of libtorch.
cache=${SLSAM_CACHE:-${XDG_CACHE_HOME:-${HOME:-}/.cache}/slsam}/native
key=$({ cat "$here"/*.cpp "$here"/*.h "$here/compile.sh"; "$compiler" --version; echo "$compiler $standard $gloo $nccl $*"
    ls -lL "${lib:-$("$compiler" -print-file-name=libtorch_cpu.so | xargs dirname)}"/libtorch_cpu.so; } 2>/dev/null | sha256sum | cut -d ' ' -f 1)
compile() { "$compiler" -std=$standard -O2 -fPIC -shared -fvisibility=hidden "$here"/*.cpp -o "$library.tmp" "$@"; }

if [ -f "$cache/$key.so" ]; then
    cp "$cache/$key.so" "$library.tmp"
else
    echo "Compiling the native part against libtorch $major.$minor in $include; this is done once."
    # -z defs: a backend that libtorch turns out not to have is found now, not when a program starts.
    if [ -n "$nccl" ] && compile "$nccl" $gloo -Wl,-z,defs "$@" 2>"$out/nccl.log"; then
        :
    elif [ -n "$gloo" ] && compile "$gloo" -Wl,-z,defs "$@" 2>"$out/gloo.log"; then
        [ -z "$nccl" ] || echo "Training on many GPUs is left out: the native part did not compile with NCCL (see $out/nccl.log)."
    else
        [ -n "$missing" ] || missing="the native part did not compile with Gloo (see $out/gloo.log)"
        echo "Training in many processes is left out: $missing."
        compile "-DSLSAM_NO_C10D=\"$missing\"" "$@" || fail "the native part did not compile against libtorch $major.$minor in $include."
    fi
    # A cache that cannot be written is no reason to fail.
    { mkdir -p "$cache" && cp "$library.tmp" "$cache/$key.$$" && mv "$cache/$key.$$" "$cache/$key.so"; } 2>/dev/null || true
fi
mv "$library.tmp" "$library"
