package city.elicence.issuer.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import city.elicence.credentials.merkle.MerkleHash;
import city.elicence.credentials.merkle.MerkleTree;
import city.elicence.issuer.IssuerTestRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 9162 §2.1 on rows: the same roots and proofs as the tree in memory")
class LogBookTest {
    @Test
    @DisplayName(
            "§2.1.1, §2.1.3: roots of every size and every inclusion and consistency proof agree, appended in uneven batches")
    void agrees() {
        IssuerTestRows.withTenant(tenant -> {
            Random random = new Random(9162);
            MerkleTree tree = new MerkleTree();
            for (int batch : new int[] {1, 2, 5, 1, 16, 7, 3, 30}) {
                List<MerkleHash> leaves = new ArrayList<>();
                for (int i = 0; i < batch; i++) {
                    byte[] octets = new byte[MerkleHash.LENGTH];
                    random.nextBytes(octets);
                    leaves.add(MerkleHash.of(octets));
                    tree.appendLeafHash(leaves.getLast());
                }
                LogBook book = new LogBook(tenant.rows(), tenant.id());
                book.append(book.size(), leaves);
            }
            LogBook book = new LogBook(tenant.rows(), tenant.id());
            assertEquals(tree.size(), book.size());
            for (long size = 1; size <= tree.size(); size++) {
                assertEquals(tree.root(size), book.root(size));
                for (long index = 0; index < size; index++) {
                    assertEquals(tree.inclusionProof(index, size), book.inclusionProof(index, size));
                    assertEquals(tree.consistencyProof(index + 1, size), book.consistencyProof(index + 1, size));
                }
            }
        });
    }
}
