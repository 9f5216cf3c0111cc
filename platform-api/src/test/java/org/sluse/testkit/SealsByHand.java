// SPDX-License-Identifier: Apache-2.0
package org.sluse.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.sluse.data.Cell;
import org.sluse.data.PersonSeal;
import org.sluse.secret.SealBrokenException;

/** Sealed columns of one database, what is in them kept in memory: the column has the number of a value. */
final class SealsByHand {

    /** With which everything begins that is sealed here. */
    static final String MARK = "sealed ";

    /** A sealed value is so much longer than a third more than the plain one, as a server's are. */
    private static final int LONGER = 31;

    private final List<Sealed> sealed = new ArrayList<>();

    private record Sealed(String person, Cell cell, String plain) {}

    PersonSeal of(String person) {
        return new PersonSeal() {
            @Override
            public String seal(Cell cell, String plain) {
                synchronized (sealed) {
                    sealed.add(new Sealed(person, cell, plain));
                    return MARK + (sealed.size() - 1) + " "
                            + ".".repeat(LONGER + plain.getBytes(StandardCharsets.UTF_8).length * 4 / 3);
                }
            }

            @Override
            public String open(Cell cell, String text) {
                synchronized (sealed) {
                    return IntStream.range(0, sealed.size())
                            .filter(number -> text.startsWith(MARK + number + " "))
                            .mapToObj(sealed::get)
                            .filter(one -> one.person().equals(person) && one.cell().equals(cell))
                            .findFirst()
                            .orElseThrow(() -> new SealBrokenException(cell.table() + "." + cell.column()))
                            .plain();
                }
            }
        };
    }

    static byte[] index(String table, String column, String plain) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest((table + "|" + column + "|" + plain).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is missing", impossible);
        }
    }
}
