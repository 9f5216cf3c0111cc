// SPDX-License-Identifier: Apache-2.0
package org.sluse.epr.form;

import java.util.ArrayList;
import java.util.List;
import org.sluse.epr.sdc.Shown;

/**
 * What somebody answers at a time: a group at the top of the form, or a few questions that stand in none.
 *
 * @param id stays the same while answers come and go
 * @param title the group's text; blank where there is none
 */
record FormPage(String id, String title, List<Shown> items) {

    /** On a phone, with room for one that appears. */
    private static final int QUESTIONS = 5;

    FormPage {
        items = List.copyOf(items);
    }

    /** A form that is one group of groups is read as these groups. Groups that say nothing now have no page. */
    static List<FormPage> of(List<Shown> items) {
        if (items.size() == 1 && isPlainGroup(items.getFirst())
                && items.getFirst().items().stream().anyMatch(FormPage::isPlainGroup)) {
            return of(items.getFirst().items());
        }
        List<FormPage> pages = new ArrayList<>();
        List<Shown> together = new ArrayList<>();
        for (var item : items) {
            var goesOn = !together.isEmpty() && together.getFirst().linkId().equals(item.linkId());
            if (item.type().equals("group") ? !goesOn : isFull(together)) {
                close(together, pages);
            }
            together.add(item);
        }
        close(together, pages);
        return pages;
    }

    private static boolean isPlainGroup(Shown item) {
        return item.type().equals("group") && item.occurrence() == 0;
    }

    private static boolean isFull(List<Shown> together) {
        return together.stream().anyMatch(one -> one.type().equals("group"))
                || together.stream().filter(Shown::isQuestion).count() >= QUESTIONS;
    }

    private static void close(List<Shown> together, List<FormPage> pages) {
        if (together.stream().anyMatch(FormPage::saysSomething)) {
            var first = together.getFirst();
            pages.add(new FormPage(first.key(), isPlainGroup(first) ? first.text() : "", together));
        }
        together.clear();
    }

    private static boolean saysSomething(Shown item) {
        return !item.type().equals("group") || item.items().stream().anyMatch(FormPage::saysSomething);
    }
}
