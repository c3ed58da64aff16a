#!/usr/bin/env bash
# Installs what a Hyperledger Indy node needs, from package registries alone: install.sh FOLDER
#
# indy-node 1.13.2 and indy-plenum 1.13.1 are made for Python 3.8 and an old Ubuntu; the changes below make them run on Python 3.11 and
# Debian 12. Ends with 3, and says what is missing, where that is not to be had. About two minutes of two processors, 400 MB.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${1:?the folder to install to}
packages="g++ librocksdb-dev libsnappy-dev zlib1g-dev libbz2-dev liblz4-dev libsodium23 libsodium-dev"

say() { printf '%s\n' "$*" >&2; }
missing() { say "A pool can not be installed here: $*"; exit 3; }

[ -e "$folder/installed" ] && { say "already installed in $folder"; exit 0; }
[ "$(uname -m)" = x86_64 ] || [ "$(uname -m)" = aarch64 ] || missing "this processor was never tried"
python=""
for candidate in ${PYTHON:-} /usr/bin/python3.11 python3.11 python3; do
  if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
[ -n "$python" ] || missing "Python 3.11 with venv is needed (Debian 12: apt-get install python3.11-venv python3.11-dev)"
"$python" -c 'import os, sys, sysconfig; sys.exit(not os.path.exists(sysconfig.get_path("include") + "/Python.h"))' ||
  missing "the headers of Python 3.11 are needed (Debian 12: apt-get install python3.11-dev)"
command -v cargo >/dev/null || missing "cargo is needed, 1.70 or later, for the signatures (Debian: rustup, then rustup default stable)"
if command -v dpkg-query >/dev/null; then
  # shellcheck disable=SC2086
  if ! dpkg-query -W -f '${db:Status-Abbrev}' $packages 2>/dev/null | grep -q . ||
    dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' $packages 2>&1 | grep -qv '^ii'; then
    [ "$(id -u)" = 0 ] || missing "as root once: apt-get install $packages"
    say "Debian packages …"
    { apt-get install -y -qq --no-install-recommends $packages ||
      { apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages; }; } >/dev/null 2>&1 ||
      missing "apt-get install $packages fails"
  fi
else
  missing "the C++ libraries come as Debian packages: $packages"
fi
dpkg-query -W -f '${Version}' librocksdb-dev | grep -q '^7\.8\.' ||
  missing "RocksDB 7.8 is needed, as in Debian 12; here it is $(dpkg-query -W -f '${Version}' librocksdb-dev)"

mkdir -p "$folder/build"
folder=$(cd "$folder" && pwd)
cd "$folder"
"$python" -m venv --clear venv
pip=(venv/bin/pip -q --disable-pip-version-check)
alone=(--no-deps --no-build-isolation)
"${pip[@]}" install "${alone[@]}" setuptools==65.5.0 wheel==0.45.1 Cython==0.29.37 packaging==24.2

say "RocksDB and JSON for Python, compiled with small changes …"
"${pip[@]}" download "${alone[@]}" --no-binary :all: -d build rocksdb==0.8.0rc2
"${pip[@]}" download "${alone[@]}" --no-binary :all: -d build ujson==1.33
tar xzf build/rocksdb-0.8.0rc2.tar.gz -C build
venv/bin/python "$here/rocksdb_7.py" build/rocksdb-0.8.0rc2
venv/bin/python -m zipfile -e build/ujson-1.33.zip build
sed -i 's/PyUnicode_EncodeUTF8 (PyUnicode_AS_UNICODE(obj), PyUnicode_GET_SIZE(obj), NULL)/PyUnicode_AsUTF8String (obj)/' \
  build/ujson-1.33/python/objToJSON.c
"${pip[@]}" install "${alone[@]}" ./build/rocksdb-0.8.0rc2 ./build/ujson-1.33

say "indy-node …"
"${pip[@]}" install "${alone[@]}" -r "$here/requirements.txt"

say "BLS signatures, compiled …"
cp -r "$here/ursa" build/
# The crates are those of crates.txt, by name, version and checksum, whatever has been published since.
(
  cd build/ursa
  cargo generate-lockfile --quiet
  while read -r name version _; do cargo update --quiet "$name" --precise "$version" 2>/dev/null || true; done <crates.txt
  awk -F'"' '/^name/ {name = $2} /^version/ {version = $2} /^checksum/ {print name, version, $2}' Cargo.lock | sort | diff crates.txt - >&2 ||
    missing "the crates to be had are not those of crates.txt"
  cargo build --release --quiet --locked --jobs 2
)
cp build/ursa/target/release/libursa.so venv/lib/

packages_folder=$(venv/bin/python -c 'import sysconfig; print(sysconfig.get_paths()["purelib"])')
# Run at each start of this Python. Not as sitecustomize.py: Debian has one of its own.
cp "$here/python_3_11.py" "$packages_folder/"
echo "import python_3_11" >"$packages_folder/python_3_11.pth"
# msgpack 1.0 refuses maps with numbers for keys unless told otherwise; nodes die of it after their first write.
sed -i 's/raw=False, object_pairs_hook=decode_to_sorted)/raw=False, strict_map_key=False, object_pairs_hook=decode_to_sorted)/' \
  "$packages_folder/common/serializers/msgpack_serializer.py"
grep -q 'strict_map_key=False' "$packages_folder/common/serializers/msgpack_serializer.py"
LD_LIBRARY_PATH=venv/lib venv/bin/python -c 'import rocksdb, ujson, indy_node.server.node' >/dev/null
rm -rf build
touch installed
say "installed in $folder"
