// SPDX-License-Identifier: Apache-2.0
package org.sluse.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sluse.testkit.KnownTenant;
import org.sluse.tenant.TenantId;

@Timeout(20)
class RoomsTest {

    private static final TenantId CLINIC = KnownTenant.CLINIC_NORTH.id();
    private static final UUID SESSION = new UUID(0, 1);

    private final Rooms rooms = new Rooms();
    private final RememberingSocket host = new RememberingSocket();
    private final RememberingSocket patient = new RememberingSocket();

    @Test
    void whoever_comes_while_the_last_one_goes_meets_whoever_comes_next() throws InterruptedException {
        sit("host", host);
        var hostGoes = new CountDownLatch(1);
        var patientWaits = new CountDownLatch(1);
        var leaving = Thread.startVirtualThread(() -> rooms.in(CLINIC, SESSION, room -> {
            hostGoes.countDown();
            await(patientWaits);
            room.stand(host);
        }));
        hostGoes.await();
        var coming = new Thread(() -> sit("patient", patient));
        coming.start();
        while (coming.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }

        patientWaits.countDown();
        leaving.join();
        coming.join();

        assertThat(isThere(CLINIC, SESSION, "patient")).isTrue();
    }

    @Test
    void two_clinics_with_a_session_of_the_same_id_have_two_rooms() {
        sit("host", host);

        assertThat(isThere(new TenantId("clinic-south"), SESSION, "host")).isFalse();
    }

    @Test
    void a_clinic_that_is_forgotten_has_nobody_in_its_rooms_and_others_have() {
        var south = new TenantId("clinic-south");
        sit("host", host);
        rooms.in(south, SESSION, room -> room.sit("host", host));

        rooms.forget(CLINIC);

        assertThat(isThere(CLINIC, SESSION, "host")).isFalse();
        assertThat(isThere(south, SESSION, "host")).isTrue();
    }

    private void sit(String who, RememberingSocket socket) {
        rooms.in(CLINIC, SESSION, room -> room.sit(who, socket));
    }

    private boolean isThere(TenantId tenant, UUID session, String who) {
        var found = new CompletableFuture<Boolean>();
        rooms.in(tenant, session, room -> found.complete(room.socketOf(who).isPresent()));
        return found.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
