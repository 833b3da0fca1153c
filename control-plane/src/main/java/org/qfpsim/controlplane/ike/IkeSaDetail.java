package org.qfpsim.controlplane.ike;

import java.util.List;

/**
 * What IKEv2 knows of an IKE SA besides what is in {@link IkeService.IkeSaInfo}.
 *
 * @param session       number of the session; a rekey keeps it.
 * @param children      our SPIs of the pairs under it.
 * @param nextRequest   message id of our next request.
 * @param nextExpected  message id of the peer's next request.
 * @param queued        requests of ours that wait.
 * @param fragmentation whether both ends can fragment messages (RFC 7383).
 * @param natLocal      whether a NAT is in front of us.
 */
public record IkeSaDetail(int session, List<Integer> children, int nextRequest, int nextExpected, int queued, boolean fragmentation,
                          boolean natLocal) {
    /** Nothing is known. */
    public static final IkeSaDetail NONE = new IkeSaDetail(0, List.of(), 0, 0, 0, false, false);

    /** Copies the list. */
    public IkeSaDetail {
        children = List.copyOf(children);
    }
}
