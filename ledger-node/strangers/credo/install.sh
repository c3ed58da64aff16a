#!/usr/bin/env bash
# Installs a stock Credo from package registries alone: install.sh PACKAGES FOLDER, where PACKAGES has package.json and natives.txt
#
# The packages' own install scripts would fetch prebuilt libraries from elsewhere; the same libraries are in the wheels of natives.txt, and
# the bridge between node and C is compiled here. Ends with 3, and says what is missing, where that is not to be had.
set -euo pipefail
packages=$(cd "${1:?the folder with package.json and natives.txt}" && pwd)
folder=${2:?the folder to install to}
missing() { printf 'Credo can not be installed here: %s\n' "$*" >&2; exit 3; }

[ -e "$folder/installed" ] && exit 0
command -v npm >/dev/null || missing "node 18 or 20 with npm is needed (Debian 12: apt-get install nodejs npm)"
command -v g++ >/dev/null && command -v make >/dev/null || missing "g++ and make are needed (Debian: apt-get install build-essential)"
[ "$(uname -sm)" = "Linux x86_64" ] || missing "the wheels of natives.txt are for Linux on x86-64"
mkdir -p "$folder"
cp "$packages/package.json" "$folder"
python3 -m pip install -q --disable-pip-version-check --no-deps --require-hashes --only-binary=:all: \
  --target "$folder/native" -r "$packages/natives.txt" || missing "pip did not get natives.txt"
cd "$folder"
node_home=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
[ -e "$node_home/include/node/node.h" ] && export npm_config_nodedir=$node_home
npm install --silent --ignore-scripts --no-audit --no-fund || missing "npm install fails"
npm rebuild --silent --build-from-source @2060.io/ffi-napi @2060.io/ref-napi || missing "the bridge to C does not compile"
touch "$folder/installed"
