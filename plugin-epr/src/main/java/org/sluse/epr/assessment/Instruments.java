// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sluse.epr.assessment.Instrument.Band;
import org.sluse.epr.assessment.Instrument.Choice;
import org.sluse.epr.assessment.Instrument.Item;

/**
 * The catalogue. Texts are the published ones, word for word, in the languages whose wording is certain; an instrument is offered in no other.
 * Sources: LOINC panels 44249-1 and 69737-5 with answer lists LL358-3 and LL382-3; German texts as published side by side by the Medizininformatik-Initiative (module PRO).
 */
public final class Instruments {

    private static final String NOTICE = "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc. "
            + "No permission required to reproduce, translate, display or distribute.";

    private static final Map<String, String> STEM = texts(
            "Over the last 2 weeks, how often have you been bothered by any of the following problems?",
            "Wie oft fühlten Sie sich im Verlauf der letzten 2 Wochen durch die folgenden Beschwerden beeinträchtigt?");

    private static final List<Choice> FREQUENCY = List.of(
            new Choice("LA6568-5", 0, texts("Not at all", "Überhaupt nicht")),
            new Choice("LA6569-3", 1, texts("Several days", "An einzelnen Tagen")),
            new Choice("LA6570-1", 2, texts("More than half the days", "An mehr als der Hälfte der Tage")),
            new Choice("LA6571-9", 3, texts("Nearly every day", "Beinahe jeden Tag")));

    /** Patient Health Questionnaire, 9 items. */
    public static final Instrument PHQ_9 = new Instrument("phq-9", "1.0.0", "PHQ-9", "44249-1", "44261-6",
            "Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]", STEM, List.of(
                    item("44250-9", "Little interest or pleasure in doing things",
                            "Wenig Interesse oder Freude an Ihren Tätigkeiten"),
                    item("44255-8", "Feeling down, depressed, or hopeless",
                            "Niedergeschlagenheit, Schwermut oder Hoffnungslosigkeit"),
                    item("44259-0", "Trouble falling or staying asleep, or sleeping too much",
                            "Schwierigkeiten ein- oder durchzuschlafen oder vermehrter Schlaf"),
                    item("44254-1", "Feeling tired or having little energy",
                            "Müdigkeit oder Gefühl, keine Energie zu haben"),
                    item("44251-7", "Poor appetite or overeating",
                            "Verminderter Appetit oder übermäßiges Bedürfnis zu essen"),
                    item("44258-2",
                            "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
                            "Schlechte Meinung von sich selbst; Gefühl, ein Versager zu sein oder die Familie enttäuscht zu haben"),
                    item("44252-5",
                            "Trouble concentrating on things, such as reading the newspaper or watching television",
                            "Schwierigkeiten, sich auf etwas zu konzentrieren, z. B. beim Zeitunglesen oder Fernsehen"),
                    item("44253-3",
                            "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless that you have been moving around a lot more than usual",
                            "Waren Ihre Bewegungen oder Ihre Sprache so verlangsamt, dass es auch anderen auffallen würde? Oder waren Sie im Gegenteil „zappelig“ oder ruhelos und hatten dadurch einen stärkeren Bewegungsdrang als sonst?"),
                    item("44260-8", "Thoughts that you would be better off dead or of hurting yourself in some way",
                            "Gedanken, dass Sie lieber tot wären oder sich Leid zufügen möchten")),
            FREQUENCY,
            List.of(new Band(0, 4, "none", "None", Optional.of("LA6708-7")),
                    new Band(5, 9, "mild", "Mild", Optional.of("LA6709-5")),
                    new Band(10, 14, "moderate", "Moderate", Optional.of("LA6710-3")),
                    new Band(15, 19, "moderately-severe", "Moderately severe", Optional.of("LA6711-1")),
                    new Band(20, 27, "severe", "Severe", Optional.of("LA6712-9"))),
            Optional.of("44260-8"), NOTICE);

    /** Generalized Anxiety Disorder, 7 items. */
    public static final Instrument GAD_7 = new Instrument("gad-7", "1.0.0", "GAD-7", "69737-5", "70274-6",
            "Generalized anxiety disorder 7 item (GAD-7) total score [Reported.PHQ]", STEM, List.of(
                    item("69725-0", "Feeling nervous, anxious, or on edge",
                            "Nervosität, Ängstlichkeit oder Anspannung"),
                    item("68509-9", "Not being able to stop or control worrying",
                            "Nicht in der Lage sein, Sorgen zu stoppen oder zu kontrollieren"),
                    item("69733-4", "Worrying too much about different things",
                            "Übermäßige Sorgen bezüglich verschiedener Angelegenheiten"),
                    item("69734-2", "Trouble relaxing", "Schwierigkeiten zu entspannen"),
                    item("69735-9", "Being so restless that it is hard to sit still",
                            "Rastlosigkeit, so dass Stillsitzen schwer fällt"),
                    item("69689-8", "Becoming easily annoyed or irritable", "Schnelle Verärgerung oder Gereiztheit"),
                    item("69736-7", "Feeling afraid, as if something awful might happen",
                            "Gefühl der Angst, so als würde etwas Schlimmes passieren")),
            FREQUENCY,
            List.of(new Band(0, 4, "minimal", "Minimal", Optional.empty()),
                    new Band(5, 9, "mild", "Mild", Optional.empty()),
                    new Band(10, 14, "moderate", "Moderate", Optional.empty()),
                    new Band(15, 21, "severe", "Severe", Optional.empty())),
            Optional.empty(), NOTICE);

    /** The newest version of each, in the order of the catalogue. A version that was ever asked is never taken out of {@link #find(String, String)}. */
    public static final List<Instrument> ALL = List.of(PHQ_9, GAD_7);

    private Instruments() {}

    /** The instrument as it was asked then. */
    static Optional<Instrument> find(String id, String version) {
        return find(id).filter(instrument -> instrument.version().equals(version));
    }

    /** The newest version of the instrument with this id. */
    public static Optional<Instrument> find(String id) {
        return ALL.stream().filter(instrument -> instrument.id().equals(id)).findFirst();
    }

    private static Item item(String code, String english, String german) {
        return new Item(code, texts(english, german));
    }

    private static Map<String, String> texts(String english, String german) {
        var texts = new LinkedHashMap<String, String>();
        texts.put("en", english);
        texts.put("de", german);
        return java.util.Collections.unmodifiableMap(texts);
    }

    /** Link ids of items that have neither an answer nor a refusal, in the instrument's order. */
    static List<String> open(Instrument instrument, List<Answer> answers) {
        var open = new ArrayList<>(instrument.items().stream().map(Item::linkId).toList());
        answers.forEach(answer -> open.remove(answer.linkId()));
        return open;
    }
}
