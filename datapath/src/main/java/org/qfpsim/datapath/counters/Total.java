package org.qfpsim.datapath.counters;

/** The counters of a block that are not drops or punts. Drops have no total of their own: it is the sum over the reasons. */
public enum Total {
    /** Frames taken in. */
    RECEIVED("received", "packets"),
    /** Octets of the frames taken in, on the wire. */
    RECEIVED_OCTETS("received_octets", "octets"),
    /** Received packets that left, in clear text or protected. */
    FORWARDED("forwarded", "packets"),
    /** Octets of the IP packets that left. */
    FORWARDED_OCTETS("forwarded_octets", "octets"),
    /** Packets put on the wire: more than {@link #FORWARDED} when fragments were made. */
    TRANSMITTED("transmitted", "packets"),
    /** Packets handed to the control plane. */
    PUNTED("punted", "packets"),
    /** Dummy packets, keepalives and fragments that became part of a datagram. */
    CONSUMED("consumed", "packets"),
    /** Dummy packets among the consumed ones. */
    CONSUMED_DUMMY("consumed_dummy", "packets"),
    /** NAT keepalives among the consumed ones. */
    CONSUMED_KEEPALIVE("consumed_keepalive", "packets"),
    /** Fragments among the consumed ones. */
    CONSUMED_FRAGMENT("consumed_fragment", "packets"),
    /** Datagrams reassembled. */
    REASSEMBLED("reassembled", "packets"),
    /** ESP packets whose integrity held. */
    ESP_OPENED("esp_opened", "packets"),
    /** ESP packets sealed. */
    ESP_SEALED("esp_sealed", "packets"),
    /** ESP packets opened again because the high half of their sequence number was assumed wrongly. */
    ESP_REOPENED("esp_reopened", "packets"),
    /** Batches that gather committed; the release store that publishes the others. */
    BATCHES("batches", "batches");

    private final String label;
    private final String unit;

    Total(final String label, final String unit) {
        this.label = label;
        this.unit = unit;
    }

    /** The name in files and JSON. */
    public String label() {
        return label;
    }

    /** What is counted. */
    public String unit() {
        return unit;
    }
}
