#!/usr/bin/env python3
"""Makes the source of the Python package rocksdb 0.8.0rc2 fit RocksDB 7.8 of Debian 12: rocksdb_7.py FOLDER."""
import pathlib
import re
import sys

SOURCE = pathlib.Path(sys.argv[1])

# Options that RocksDB has dropped since.
DROPPED = [
    "max_mem_compaction_level",
    "soft_rate_limit",
    "hard_rate_limit",
    "rate_limit_delay_max_milliseconds",
    "purge_redundant_kvs_while_flush",
    "skip_log_error_on_recovery",
]
BACKUP = (r"BackupableDBOptions", "BackupEngineOptions")


def change(file, *pairs):
    path = SOURCE / file
    text = path.read_text()
    for pattern, replacement in pairs:
        text, count = re.subn(pattern, replacement, text, flags=re.S | re.M)
        if count == 0:
            sys.exit(f"{file} has nothing like {pattern}: it is not the source this was written for")
    path.write_text(text)


change("setup.py", (r"-std=c\+\+11", "-std=c++17"))
change("rocksdb/backup.pxd", (r"utilities/backupable_db\.h", "utilities/backup_engine.h"), BACKUP)
change(
    "rocksdb/_rocksdb.pyx",
    BACKUP,
    *[(rf"^    property {name}:\n(?:        .*?\n)+?(?=\n|\S)", "") for name in DROPPED],
    (r"        if hash_index_allow_collision:\n.*?else:\n.*?\n", ""),
    # Filters are made in another way now; the nodes use none.
    (
        r"(    def create_filter\(self, keys\):\n)        cdef string dst\n.*?return string_to_bytes\(dst\)\n",
        r"\1        raise NotImplementedError()\n",
    ),
    (
        r"        return self\.policy\.get\(\)\.KeyMayMatch\(\n.*?\n.*?\n",
        "        raise NotImplementedError()\n",
    ),
)
change(
    "rocksdb/cpp/filter_policy_wrapper.hpp",
    (
        r"(            virtual const char\* Name\(\) const \{)",
        "            const char* CompatibilityName() const override { return this->name.c_str(); }\n"
        "            rocksdb::FilterBitsBuilder* GetBuilderWithContext("
        "const rocksdb::FilterBuildingContext&) const override { return nullptr; }\n"
        "            rocksdb::FilterBitsReader* GetFilterBitsReader(const Slice&) const override { return nullptr; }\n\n"
        "\\1",
    ),
)
