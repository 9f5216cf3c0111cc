// SPDX-License-Identifier: Apache-2.0
package org.sluse.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A practitioner at two browsers, and patients, of a clinic at work without end; they note what was acknowledged. */
final class Work {

    private static final int WORKERS = 2;
    /** Between two patients: quick for people, and something of the machine is left for the test beside. */
    private static final long BREATH = TimeUnit.MILLISECONDS.toNanos(20);

    private final Clinic clinic;
    private final List<Staff> practitioners = new ArrayList<>();
    /** Patients whose making was acknowledged. */
    private final ConcurrentLinkedQueue<String> made = new ConcurrentLinkedQueue<>();
    /** Patients whose data was shown, once for each time. */
    private final ConcurrentLinkedQueue<String> shown = new ConcurrentLinkedQueue<>();
    /** Questionnaires whose sending was acknowledged. */
    private final ConcurrentLinkedQueue<String> sent = new ConcurrentLinkedQueue<>();
    private final List<Thread> workers = new ArrayList<>();
    private volatile boolean goesOn;

    Work(Clinic clinic) {
        this.clinic = clinic;
        for (var worker = 0; worker < WORKERS; worker++) {
            practitioners.add(clinic.practitioner());
        }
    }

    /** @param seed what they do in which order */
    void begin(int seed) {
        goesOn = true;
        for (var worker = 0; worker < WORKERS; worker++) {
            var practitioner = practitioners.get(worker);
            var random = new Random(seed * WORKERS + worker);
            workers.add(Thread.ofPlatform().start(() -> work(practitioner, random)));
        }
    }

    /** @param times how often something of what they do now has been acknowledged */
    void awaitAcknowledged(int times) {
        Await.until(times + " acknowledged", 60, TimeUnit.SECONDS, () -> made.size() + shown.size() >= times);
    }

    /** Until they begin again; what is under way ends before. */
    void pause() {
        goesOn = false;
        for (var worker : workers) {
            try {
                worker.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        workers.clear();
    }

    /** Adds one whom nobody asks for any more, to be erased. @param number the clinic's @return the id */
    String onePatient(String number) {
        return Clinic.json(practitioners.getFirst()
                .send("POST", "/epr/patients", "{\"number\": \"%s\"}".formatted(number))).get("id").asText();
    }

    /** Fails when a patient is missing whose making was acknowledged, or an entry of what was answered. Forgets what it has looked for; the clinic answers when this is called. */
    void requireKept(Crashes crashes) {
        // Before the patients are looked for below, which has entries of its own.
        var readings = drained(shown);
        var trail = crashes.trail(clinic, "READ", readings);
        readings.stream()
                .collect(Collectors.groupingBy(patient -> patient, Collectors.counting()))
                .forEach((patient, times) -> assertThat(trail.getOrDefault(patient, 0L))
                        .as("entries of reading %s", patient)
                        .isGreaterThanOrEqualTo(times));
        var patients = drained(made);
        assertThat(crashes.trail(clinic, "CREATE", patients).keySet()).containsAll(patients);
        for (var patient : patients) {
            assertThat(practitioners.getFirst().get("/epr/patients/" + patient).statusCode()).as(patient)
                    .isEqualTo(200);
        }
    }

    /** Every questionnaire whose sending was acknowledged, so far. */
    List<String> sent() {
        return List.copyOf(sent);
    }

    private void work(Staff practitioner, Random random) {
        while (goesOn) {
            try {
                one(practitioner, random);
            } catch (RuntimeException | AssertionError cutOff) {
                // Nothing was acknowledged.
            }
            LockSupport.parkNanos(BREATH);
        }
    }

    private void one(Staff practitioner, Random random) {
        var answer = practitioner.send("POST", "/epr/patients", "{\"number\": \"P-%s\"}".formatted(System.nanoTime()));
        if (answer.statusCode() != 201) {
            return;
        }
        var patient = Clinic.json(answer).get("id").asText();
        made.add(patient);
        for (var times = random.nextInt(3); times > 0; times--) {
            if (practitioner.get("/epr/patients/" + patient).statusCode() == 200) {
                shown.add(patient);
            }
        }
        if (random.nextInt(3) == 0) {
            var assigned = practitioner.send("POST", "/epr/assessments",
                    "{\"patient\": \"%s\", \"instrument\": \"gad-7\", \"language\": \"en\"}".formatted(patient));
            var finished = Questionnaire.open(clinic, Clinic.json(assigned).get("link").asText())
                    .answer(1, 1, 1, 1, 1, 1, 1)
                    .finish();
            if (finished.statusCode() == 200) {
                sent.add(Clinic.json(assigned).get("id").asText());
            }
        }
    }

    private static List<String> drained(ConcurrentLinkedQueue<String> queue) {
        var all = new ArrayList<String>();
        for (var one = queue.poll(); one != null; one = queue.poll()) {
            all.add(one);
        }
        return all;
    }
}
