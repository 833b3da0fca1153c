package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.cli.Output;
import org.qfpsim.controlplane.cli.OutputEnded;

/** A router with very many SAs prints them one by one: 2,000 of them, or 100,000 with -Plong. */
class CryptoStreamTest {
    private static final int PEERS = Integer.getInteger("qfp.test.scale", 1) > 1 ? 50_000 : 1_000;
    /** Characters: a screen; nothing that grows with the number of SAs. */
    private static final int LARGEST = 1024;

    private final CryptoStates states = new CryptoStates(5);
    private final CryptoTerminal terminal = new CryptoTerminal(states.hub);

    /** Measures, and has enough at some time. */
    private static final class Counting implements Output {
        private final long most;
        private long pieces;
        private long characters;
        private int largest;
        private long spis;

        Counting(final long most) {
            this.most = most;
        }

        @Override
        public void print(final String text) {
            if (++pieces > most) {
                throw new OutputEnded();
            }
            characters += text.length();
            largest = Math.max(largest, text.length());
            spis += text.startsWith("      spi: ") ? 1 : 0;
        }
    }

    @Test
    void shouldPrintManySasInSmallPieces() {
        for (int peer = 1; peer <= PEERS; peer++) {
            states.pair(peer, true);
        }
        final Counting out = new Counting(Long.MAX_VALUE);
        assertThat(terminal.run("show crypto ipsec sa", out)).isTrue();
        assertThat(out.spis).isEqualTo(2L * PEERS);
        assertThat(out.characters).isGreaterThan(1_500L * PEERS);
        assertThat(out.largest).isLessThan(LARGEST);
        for (final String command : new String[] {"show crypto session detail", "show crypto ipsec spi-lookup detail",
            "show crypto ipsec sa detail", "show crypto ipsec sa address", "show crypto session brief"}) {
            final Counting other = new Counting(Long.MAX_VALUE);
            assertThat(terminal.run(command, other)).isTrue();
            assertThat(other.pieces).as(command).isGreaterThanOrEqualTo(PEERS);
            assertThat(other.largest).as(command).isLessThan(LARGEST);
        }
    }

    @Test
    void shouldStopWhenItsReaderHasEnough() {
        for (int peer = 1; peer <= PEERS; peer++) {
            states.pair(peer, true);
        }
        states.hub.datapath.usesRead = 0;
        final Counting out = new Counting(100);
        assertThatThrownBy(() -> terminal.run("show crypto ipsec sa", out)).isInstanceOf(OutputEnded.class);
        assertThat(out.pieces).isEqualTo(101);
        assertThat(states.hub.datapath.usesRead).as("SAs that nobody was shown were not read").isBetween(1L, 100L);
    }
}
