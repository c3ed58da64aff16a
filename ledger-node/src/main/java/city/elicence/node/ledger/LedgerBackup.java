package city.elicence.node.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/** Copies a log up to what was acknowledged, whether or not a node is writing to it. */
public final class LedgerBackup {
    private LedgerBackup() {}

    public static void copy(Path ledgerFolder, Path target) throws IOException {
        Path marks = ledgerFolder.resolve("ledger.acknowledged");
        long promised;
        try (Storage storage = Storage.open(marks)) {
            OptionalLong length = Acknowledged.open(storage).length();
            promised = length.orElseThrow(
                    () -> new IOException(marks + " cannot be read; start the node once, it will make it again"));
        }
        Files.createDirectories(target);
        Path log = ledgerFolder.resolve("ledger.log");
        try (FileChannel from = FileChannel.open(log, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(
                        target.resolve("ledger.log"), StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            if (from.size() < promised) {
                throw new DamagedLedgerException(
                        log.toString(),
                        from.size(),
                        "the file ends here, before byte " + promised + " that clients were promised.");
            }
            long copied = 0;
            while (copied < promised) {
                copied += from.transferTo(copied, promised - copied, to);
            }
            to.force(true);
        }
        try (Storage storage = Storage.open(target.resolve("ledger.acknowledged"))) {
            Acknowledged acknowledged = Acknowledged.open(storage);
            acknowledged.record(promised);
            acknowledged.force();
        }
    }
}
