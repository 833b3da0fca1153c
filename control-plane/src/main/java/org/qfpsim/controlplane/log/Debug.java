package org.qfpsim.controlplane.log;

/** What {@code debug} can switch on. */
public enum Debug {
    /** {@code debug crypto isakmp}. */
    CRYPTO_ISAKMP("crypto isakmp", "Crypto ISAKMP debugging"),
    /** {@code debug crypto ikev2}. */
    CRYPTO_IKEV2("crypto ikev2", "IKEV2 default debugging"),
    /** {@code debug crypto ipsec}. */
    CRYPTO_IPSEC("crypto ipsec", "Crypto IPSEC debugging"),
    /** {@code debug nhrp}. */
    NHRP("nhrp", "NHRP protocol debugging"),
    /** {@code debug event manager action cli}. */
    EEM_CLI("event manager action cli", "Debug EEM action cli debugging");

    private final String command;
    private final String title;

    Debug(final String command, final String title) {
        this.command = command;
        this.title = title;
    }

    /** What follows {@code debug} on the command line. */
    public String command() {
        return command;
    }

    /** What the platform prints in front of "is on". */
    public String title() {
        return title;
    }
}
