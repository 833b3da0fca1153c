package org.qfpsim.controlplane.ike.v2.wire;

import java.io.Serial;

/** A message that cannot be read; the reason names the field. It has no stack trace, for anybody may send such messages at any rate. */
public final class MalformedMessageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    MalformedMessageException(final String reason) {
        super(reason, null, false, false);
    }
}
