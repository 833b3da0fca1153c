package org.qfpsim.controlplane.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.qfpsim.controlplane.cli.CommandNode;
import org.qfpsim.controlplane.show.CommandTree;

class CryptoCommandsTest {
    private final Lab lab = new Lab(9);
    private final Lab.Router a = lab.router(SaLifeTest.A, SaLifeTest.sender().build());
    private final Lab.Router b = lab.router(SaLifeTest.B, SaLifeTest.receiver().build());
    private final CommandTree tree = new CommandTree(List.of(
        CommandNode.group("clear", "Reset functions", new CryptoCommands(a.plane).clear()),
        CommandNode.group("show", "Show running system information", new CryptoCommands(a.plane).show())));

    private String run(final String line) {
        return tree.execute(line).text();
    }

    @Test
    void shouldShowAndClear() {
        a.stream(a.flow(), 100 * Lab.MS, Lab.SECOND);
        lab.run(2 * Lab.SECOND);
        assertThat(run("show crypto isakmp sa")).contains("QM_IDLE");
        assertThat(run("sh cry ips sa peer " + SaLifeTest.B)).contains("current_peer 10.0.0.2 port 500")
            .contains("     plaintext mtu 1438, path mtu 1500");
        assertThat(run("show crypto ipsec sa peer 9.9.9.9")).isEmpty();
        assertThat(run("show crypto session")).contains("UP-ACTIVE");
        assertThat(run("show crypto invalid-spi")).contains("Invalid SPI recovery: disabled");
        assertThat(run("clear crypto sa peer 9.9.9.9")).isEmpty();
        assertThat(a.plane.ipsec().pairs()).hasSize(1);
        assertThat(run("clear crypto sa peer " + SaLifeTest.B)).isEmpty();
        assertThat(a.plane.ipsec().pairs()).isEmpty();
        assertThat(run("show crypto session")).contains("UP-IDLE");
        assertThat(run("clear crypto session remote " + SaLifeTest.B)).isEmpty();
        assertThat(run("show crypto session")).contains("Session status: DOWN ");
        assertThat(run("clear crypto sa peer")).contains("% Incomplete command");
        lab.run(Lab.SECOND);
        assertThat(b.plane.ipsec().pairs()).isEmpty();
    }
}
