// SPDX-License-Identifier: Apache-2.0
package org.sluse.host.cluster;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.security.MessageDigest;
import org.jgroups.Message;
import org.jgroups.auth.AuthToken;

/** What a node shows when it joins or merges: a value that only the root key of the installation gives. Public for JGroups, which makes one by its name when it reads one. */
public final class ClusterToken extends AuthToken {

    private static final int MOST_BYTES = 64;

    private byte[] value;

    /** To be read into. */
    public ClusterToken() {
        this(new byte[0]);
    }

    ClusterToken(byte[] value) {
        this.value = value.clone();
    }

    @Override
    public String getName() {
        return ClusterToken.class.getName();
    }

    @Override
    public boolean authenticate(AuthToken shown, Message message) {
        return value.length > 0 && shown instanceof ClusterToken other && MessageDigest.isEqual(value, other.value);
    }

    @Override
    public int size() {
        return Byte.BYTES + value.length;
    }

    @Override
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(value.length);
        out.write(value);
    }

    @Override
    public void readFrom(DataInput in) throws IOException {
        var length = in.readByte();
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("A token has " + length + " bytes; right would be at most " + MOST_BYTES);
        }
        value = new byte[length];
        in.readFully(value);
    }
}
