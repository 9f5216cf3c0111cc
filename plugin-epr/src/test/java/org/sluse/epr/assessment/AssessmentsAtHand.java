// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.assessment;

/** For tests of other packages. */
public final class AssessmentsAtHand {

    private AssessmentsAtHand() {}

    /** Answers with these points, item by item (-1: declines), and sends. The holder of the link must be acting. */
    public static Assessment answerAndSend(Assessments assessments, Assessment assessment, int... points) {
        answer(assessments, assessment, points);
        return assessments.send();
    }

    static void answer(Assessments assessments, Assessment assessment, int... points) {
        for (var i = 0; i < points.length; i++) {
            assessments.save(answer(assessment.instrument(), i, points[i]));
        }
    }

    static Answer answer(Instrument instrument, int item, int points) {
        var linkId = instrument.items().get(item).linkId();
        return points < 0
                ? new Answer.Declined(linkId)
                : new Answer.Chosen(linkId, instrument.choices().get(points).code());
    }
}
