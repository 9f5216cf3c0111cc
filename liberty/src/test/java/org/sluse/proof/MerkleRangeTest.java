// SPDX-License-Identifier: Apache-2.0
package org.sluse.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 6962, 2.1. */
class MerkleRangeTest {

    /** The vectors that implementations of Certificate Transparency share. */
    private static final List<String> ENTRIES = List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private final TreeHasher hasher = new TreeHasher();

    @Test
    void the_root_of_nothing_is_the_hash_of_nothing() {
        assertThat(HexFormat.of().formatHex(new MerkleRange(hasher).root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void the_roots_are_those_of_the_known_vectors() {
        var range = new MerkleRange(hasher);
        var roots = new ArrayList<String>();

        ENTRIES.forEach(entry -> {
            range.append(hasher.leaf(HexFormat.of().parseHex(entry)));
            roots.add(HexFormat.of().formatHex(range.root()));
        });

        assertThat(roots).isEqualTo(ROOTS);
    }

    @Test
    void a_root_is_what_the_definition_says_at_every_size() {
        var random = new Random(6962);
        var leaves = new ArrayList<byte[]>();
        var range = new MerkleRange(hasher);

        for (var size = 1; size <= 300; size++) {
            var entry = new byte[random.nextInt(40)];
            random.nextBytes(entry);
            leaves.add(hasher.leaf(entry));
            range.append(leaves.getLast());
            assertThat(range.root()).as("root of %d", size).isEqualTo(byDefinition(leaves));
        }
    }

    @Test
    void a_tree_goes_on_from_its_peaks() {
        var whole = new MerkleRange(hasher);
        for (var size = 0; size < 77; size++) {
            whole.append(hasher.leaf(new byte[]{(byte) size}));
        }
        var resumed = MerkleRange.of(hasher, 77, whole.peaks());

        whole.append(hasher.leaf(new byte[]{77}));
        resumed.append(hasher.leaf(new byte[]{77}));

        assertThat(resumed.root()).isEqualTo(whole.root());
        assertThat(resumed.size()).isEqualTo(78);
    }

    @Test
    void peaks_of_another_size_are_refused() {
        assertThatThrownBy(() -> MerkleRange.of(hasher, 3, new byte[32]))
                .hasMessage("A tree of 3 has 2 peaks, not 32 bytes");
    }

    /** MTH(D[n]) = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n])), k the largest power of two smaller than n. */
    private byte[] byDefinition(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        var k = Integer.highestOneBit(leaves.size() - 1);
        return hasher.node(byDefinition(leaves.subList(0, k)), byDefinition(leaves.subList(k, leaves.size())));
    }
}
