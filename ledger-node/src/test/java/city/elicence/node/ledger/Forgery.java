package city.elicence.node.ledger;

import city.elicence.node.txn.LedgerId;
import city.elicence.node.txn.Txn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an operator can do to the files of the own node: change a transaction and make every checksum right again. */
public final class Forgery {
    private Forgery() {}

    public static void changeVerkey(Path folder, long seqNo, String verkey) throws IOException {
        List<LogRecord> records = new ArrayList<>();
        LedgerStore.open(folder, (ledger, txn) -> records.add(record(ledger, txn, seqNo, verkey)))
                .close();
        Files.delete(folder.resolve("ledger.log"));
        Files.delete(folder.resolve("ledger.acknowledged"));
        try (TransactionLog log = TransactionLog.open(
                "ledger.log",
                Storage.open(folder.resolve("ledger.log")),
                Storage.open(folder.resolve("ledger.acknowledged")),
                (offset, ledger, number, checksum, content) -> {})) {
            log.acknowledge(log.append(records).end());
        }
    }

    private static LogRecord record(LedgerId ledger, Txn txn, long seqNo, String verkey) {
        String json = txn.json();
        if (ledger == LedgerId.DOMAIN && txn.seqNo() == seqNo) {
            json = json.replace(String.valueOf(txn.data().get("verkey")), verkey);
        }
        return new LogRecord(ledger, txn.seqNo(), json);
    }
}
