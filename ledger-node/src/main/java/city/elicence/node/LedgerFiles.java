package city.elicence.node;

import city.elicence.node.genesis.Genesis;
import city.elicence.node.keys.Base58;
import city.elicence.node.ledger.LedgerBackup;
import city.elicence.node.ledger.LedgerStore;
import city.elicence.node.txn.LedgerId;
import city.elicence.node.write.LedgerAudit;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** What an operator does with a ledger's files while no node, or a node, runs on them: back up, restore, verify. */
public final class LedgerFiles {
    private LedgerFiles() {}

    /**
     * Copies genesis files and log, also while the node runs: the log only grows, and the copy ends at what was acknowledged. Keys
     * are not copied; they belong in a safer place than a backup.
     */
    public static void backup(Path dataFolder, Path target) throws IOException {
        Genesis.open(dataFolder);
        if (Files.exists(target)) {
            throw new IOException(target + " exists already; a backup goes into a new folder");
        }
        copyFolder(dataFolder.resolve("genesis"), target.resolve("genesis"));
        LedgerBackup.copy(LedgerNode.ledgerFolder(dataFolder), LedgerNode.ledgerFolder(target));
    }

    /** Makes a data folder from a backup. The node's keys must be put into it by hand before it can be started. */
    public static Verified restore(Path backup, Path dataFolder) throws IOException {
        backup(backup, dataFolder);
        return verify(dataFolder);
    }

    /**
     * What a verification found.
     *
     * @param problems empty when every transaction is right
     * @param roots the root of each ledger and of its state, to be compared with those that others have kept
     */
    public record Verified(List<String> problems, List<String> roots) {
        public Verified {
            problems = List.copyOf(problems);
            roots = List.copyOf(roots);
        }
    }

    /** Checks a ledger again from genesis, on a copy, so that nothing is changed and a running node is not disturbed. */
    public static Verified verify(Path dataFolder) throws IOException {
        Genesis genesis = Genesis.open(dataFolder);
        LedgerAudit audit = new LedgerAudit(genesis.poolTransactions(), genesis.domainTransactions());
        Path copy = Files.createTempDirectory("ledger-verify");
        try {
            LedgerBackup.copy(LedgerNode.ledgerFolder(dataFolder), copy.resolve("ledger"));
            List<String> roots = new ArrayList<>();
            try (LedgerStore store = LedgerStore.open(copy.resolve("ledger"), audit::check)) {
                for (LedgerId ledger : LedgerId.values()) {
                    roots.add(ledger + ": " + audit.count(ledger) + " transactions, root "
                            + Base58.encode(store.tree(ledger).root(store.size(ledger))) + ", state root "
                            + Base58.encode(audit.state().of(ledger).rootHash()));
                }
            }
            return new Verified(audit.problems(), roots);
        } finally {
            deleteFolder(copy);
        }
    }

    private static void copyFolder(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void deleteFolder(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @org.jspecify.annotations.Nullable IOException e)
                    throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
