// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.people;

import java.time.Clock;
import java.util.function.Consumer;
import org.sluse.host.Told;
import org.sluse.host.control.ControlDatabase;
import org.sluse.host.data.TestClinics;
import org.sluse.host.tenant.Binding;
import org.sluse.id.Ids;

/** The people of whichever clinic is bound, for tests of other packages. */
public final class TestPeople {

    private TestPeople() {}

    /** Where sessions end, as another node knows it. */
    public static SessionEnds ends(ControlDatabase control) {
        return new SessionEnds(control);
    }

    /** What takes two of them. */
    public static TwoPeople two(People people, Binding binding) {
        return new TwoPeople(people, binding);
    }

    /** Whoever leaves is told to {@code gone}. */
    public static People of(ControlDatabase control, Binding binding, Clock clock, Ids ids,
            Consumer<People.Gone> gone) {
        var told = new Told<People.Gone>();
        told.to(gone);
        return new People(TestClinics.ports(binding, clock), binding, ids, new SessionEnds(control), told, clock);
    }
}
