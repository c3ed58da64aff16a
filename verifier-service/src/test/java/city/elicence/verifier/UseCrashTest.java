package city.elicence.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.elicence.credentials.use.UseEntry.Act;
import city.elicence.ledger.LedgerRole;
import city.elicence.ledger.LedgerSigner;
import city.elicence.ledger.memory.Fault;
import city.elicence.ledger.memory.MemoryLedger;
import city.elicence.verifier.claim.LedgerKeys;
import city.elicence.verifier.claim.Registering;
import city.elicence.verifier.claim.UseClaim;
import city.elicence.verifier.claim.UseDesk;
import city.elicence.verifier.claim.UseDraft;
import city.elicence.verifier.secret.SealedColumn;
import city.elicence.verifier.tenant.Tenants;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The registrar by itself: its database and its ledger fail at every place where they can. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UseCrashTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TestCity city = TestCity.city();
    private final Pool own =
            city.another("crash_" + UUID.randomUUID().toString().substring(0, 8));
    private final LedgerSigner authority = MemoryLedger.signer("beijing", "authority");
    private final MovedClock clock = new MovedClock();
    private final MemoryLedger ledger = MemoryLedger.of(authority, clock);
    private final LedgerKeys keys = did -> Stream.of("bank", "insurer")
            .map(name -> MemoryLedger.signer("beijing", name))
            .filter(signer -> signer.did().equals(did))
            .findFirst();

    UseCrashTest() {
        for (String party : List.of("bank", "insurer")) {
            LedgerSigner signer = MemoryLedger.signer("beijing", party);
            TestCity.done(ledger.publishDid(signer.did(), signer.verkey(), LedgerRole.ENDORSER, authority));
        }
    }

    private static final class MovedClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        void forward(Duration by) {
            ahead = ahead.plus(by);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    private UseDesk desk(Pool pool, Runnable call) {
        return new UseDesk(
                pool, new Tenants(pool, clock), keys, TestCity.VAULT, SealedColumn.claims(TestCity.VAULT), clock, call);
    }

    /** Shows the licence, and copies what came of it to the database of this test: no other registrar works on that. */
    private UsedLicence.Asked show(UsedLicence licence, String tenant) {
        UsedLicence.Asked asked = licence.showTo(tenant);
        copy("tenant", "name", tenant);
        copy("check_request", "id", asked.checkId());
        copy("check_verdict", "check_id", asked.checkId());
        return asked;
    }

    private void copy(String table, String key, String value) {
        for (Row row : city.pool
                .preparedQuery("select row_to_json(t)::text json from " + table + " t where " + key + " = $1")
                .execute(Tuple.of(value))
                .await()) {
            own.preparedQuery("insert into " + table + " select * from json_populate_record(null::" + table
                            + ", $1::text::json) on conflict do nothing")
                    .execute(Tuple.of(row.getString("json")))
                    .await();
        }
    }

    private static UseDraft draft(String tenant, UsedLicence.Asked asked, Act act, @Nullable Long amount) {
        return new UseDraft(
                tenant,
                "staff:li",
                UUID.randomUUID().toString(),
                act,
                asked.checkId(),
                null,
                null,
                amount,
                act == Act.RESERVE ? Duration.ofMinutes(3) : null,
                null);
    }

    private UseClaim.State state(String id) {
        return desk(own, () -> {}).find("insurer", id).state();
    }

    private UseClaim settled(String tenant, String id) throws InterruptedException {
        UseDesk reading = desk(own, () -> {});
        Instant end = Instant.now().plus(PATIENCE);
        UseClaim claim = reading.find(tenant, id);
        while (!claim.settled() && Instant.now().isBefore(end)) {
            Thread.sleep(20);
            claim = reading.find(tenant, id);
        }
        return claim;
    }

    @Test
    @DisplayName(
            "Every statement fails once, not persisted and persisted, then the process dies: one use, one line, none lost")
    void everyStatement() throws Exception {
        int places = 0;
        for (boolean persisted : List.of(false, true)) {
            for (int failing = 1; ; failing++) {
                FaultyPool faults = new FaultyPool(failing, persisted);
                UsedLicence licence = UsedLicence.invoice(city, 1_000);
                long before = ledger.size();
                UseDraft draft = draft("insurer", show(licence, "insurer"), Act.USE, 600L);
                takeUntilItFails(faults, draft);
                try (Registering restarted = Registering.start(own, ledger, keys, TestCity.VAULT, clock)) {
                    // The client, which had no answer, calls again with its own key.
                    String id = desk(own, restarted::call).take(draft).id();
                    UseClaim claim = settled("insurer", id);
                    String where = "statement " + failing + (persisted ? " persisted" : " not persisted");
                    assertEquals(UseClaim.State.REGISTERED, claim.state(), where);
                    assertEquals(400L, claim.freeAfter(), where);
                    assertEquals(before + 1, ledger.size(), where);
                }
                if (!faults.failed()) {
                    break;
                }
                places++;
            }
        }
        assertTrue(places >= 12, "so many statements were made to fail: " + places);
    }

    private void takeUntilItFails(FaultyPool faults, UseDraft draft) throws InterruptedException {
        Pool pool = faults.around(own);
        try (Registering dying = Registering.start(pool, ledger, keys, TestCity.VAULT, clock)) {
            String id = desk(pool, dying::call).take(draft).id();
            Instant end = Instant.now().plus(PATIENCE);
            while (!faults.failed()
                    && !desk(own, () -> {}).find("insurer", id).settled()
                    && Instant.now().isBefore(end)) {
                Thread.sleep(10);
            }
        } catch (RuntimeException broke) {
            assertTrue(faults.failed(), String.valueOf(broke));
        }
    }

    @Test
    @DisplayName(
            "The ledger's answer is lost and then nobody answers; another takes the rest meanwhile: one line, seen before it is sent again")
    void answerLost() throws Exception {
        UsedLicence licence = UsedLicence.invoice(city, 1_000);
        long before = ledger.size();
        UseDraft mine = draft("insurer", show(licence, "insurer"), Act.USE, 600L);
        UseDraft other = draft("bank", show(licence, "bank"), Act.USE, 600L);
        ledger.fault(Fault.ANSWER_LOST);
        String id;
        try (Registering dying = Registering.start(own, ledger, keys, TestCity.VAULT, clock)) {
            id = desk(own, dying::call).take(mine).id();
            Instant end = Instant.now().plus(PATIENCE);
            while (state(id) != UseClaim.State.SENT && Instant.now().isBefore(end)) {
                Thread.sleep(20);
            }
            assertEquals(UseClaim.State.SENT, state(id));
        }
        ledger.fault(Fault.NONE);
        try (Registering restarted = Registering.start(own, ledger, keys, TestCity.VAULT, clock)) {
            String second = desk(own, restarted::call).take(other).id();
            assertEquals("remainder-too-small", settled("bank", second).code());
            assertEquals(UseClaim.State.REGISTERED, settled("insurer", id).state());
        }
        assertEquals(before + 1, ledger.size());
    }

    @Test
    @DisplayName("A reservation ends by itself at its time, on everybody's book; late, it is still used if nobody came")
    void reservationEnds() throws Exception {
        try (Registering registering = Registering.start(own, ledger, keys, TestCity.VAULT, clock)) {
            UseDesk desk = desk(own, registering::call);
            UsedLicence licence = UsedLicence.confirmation(city, 1_000);
            UsedLicence.Asked insurer = show(licence, "insurer");
            UsedLicence.Asked bank = show(licence, "bank");
            UseClaim held = settled(
                    "insurer",
                    desk.take(draft("insurer", insurer, Act.RESERVE, null)).id());
            assertEquals(UseClaim.State.REGISTERED, held.state());
            String early = desk.take(draft("bank", bank, Act.USE, 100L)).id();
            assertEquals("reserved", settled("bank", early).code());
            clock.forward(Duration.ofMinutes(5));
            String late = desk.take(draft("bank", bank, Act.USE, 100L)).id();
            assertEquals(UseClaim.State.REGISTERED, settled("bank", late).state());
            UseClaim tooMuch =
                    settled("insurer", desk.take(confirm(held, 1_000L)).id());
            assertEquals("remainder-too-small", tooMuch.code());
            UseClaim rest = settled("insurer", desk.take(confirm(held, 900L)).id());
            assertEquals(UseClaim.State.REGISTERED, rest.state());
            assertEquals(Optional.of(0L), Optional.ofNullable(rest.freeAfter()));
        }
    }

    private static UseDraft confirm(UseClaim held, long amount) {
        return new UseDraft(
                held.tenant(),
                "staff:li",
                UUID.randomUUID().toString(),
                Act.USE,
                held.checkId(),
                null,
                held.id(),
                amount,
                null,
                null);
    }

    @Test
    @DisplayName(
            "Three instances on one database work on the same rows: each use is registered once, and no more than there is")
    void severalInstances() throws Exception {
        UsedLicence licence = UsedLicence.invoice(city, 1_000);
        UsedLicence.Asked asked = show(licence, "insurer");
        long before = ledger.size();
        List<Registering> instances = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            instances.add(Registering.start(own, ledger, keys, TestCity.VAULT, clock));
        }
        try {
            UseDesk desk = desk(own, () -> instances.forEach(Registering::call));
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                ids.add(desk.take(draft("insurer", asked, Act.USE, 100L)).id());
            }
            int registered = 0;
            for (String id : ids) {
                registered += settled("insurer", id).state() == UseClaim.State.REGISTERED ? 1 : 0;
            }
            assertEquals(10, registered);
            assertEquals(before + 10, ledger.size());
        } finally {
            instances.forEach(Registering::close);
        }
    }

    @Test
    @DisplayName(
            "The secret of a use is not in the database to be read, opens in no other row, and what an earlier version left in clear is sealed at the next start")
    void sealed() throws Exception {
        UsedLicence licence = UsedLicence.confirmation(city, 1_000);
        try (Registering registering = Registering.start(own, ledger, keys, TestCity.VAULT, clock)) {
            String id = desk(own, registering::call)
                    .take(draft("insurer", show(licence, "insurer"), Act.USE, 600L))
                    .id();
            assertEquals(UseClaim.State.REGISTERED, settled("insurer", id).state());
            assertFalse(row(id).contains(licence.secret()));
            // As it was written before: in clear.
            own.preparedQuery("update use_claim set secret = $2, sealed_secret = null where id = $1")
                    .execute(Tuple.of(id, licence.secret()))
                    .await();
            assertTrue(row(id).contains(licence.secret()));
        }
        String given;
        try (Registering restarted = Registering.start(own, ledger, keys, TestCity.VAULT, clock)) {
            UseDesk desk = desk(own, restarted::call);
            String earlier = own.query("select id from use_claim order by created_at desc limit 1")
                    .execute()
                    .await()
                    .iterator()
                    .next()
                    .getString("id");
            Instant end = Instant.now().plus(PATIENCE);
            while (row(earlier).contains(licence.secret()) && Instant.now().isBefore(end)) {
                Thread.sleep(20);
            }
            assertFalse(row(earlier).contains(licence.secret()));
            UseClaim found = desk.find("insurer", earlier);
            given = desk.take(new UseDraft(
                            "insurer",
                            "staff:li",
                            UUID.randomUUID().toString(),
                            Act.RELEASE,
                            found.checkId(),
                            null,
                            earlier,
                            null,
                            null,
                            null))
                    .id();
            assertEquals(
                    UseClaim.State.REGISTERED,
                    settled("insurer", given).state(),
                    "the sealed one still opens its book");
            own.preparedQuery("""
                            update use_claim set sealed_secret = (select sealed_secret from use_claim where id = $2) where id = $1""").execute(Tuple.of(given, earlier)).await();
            assertThrows(IllegalStateException.class, () -> desk.find("insurer", given));
        }
        own.preparedQuery("delete from use_claim where id = $1")
                .execute(Tuple.of(given))
                .await();
    }

    private String row(String id) {
        return own.preparedQuery("select row_to_json(c)::text as json from use_claim c where id = $1")
                .execute(Tuple.of(id))
                .await()
                .iterator()
                .next()
                .getString("json");
    }
}
