package org.qfpsim.controlplane.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.controlplane.config.ConfigFile;

/** Who may connect, who gets a line. */
class SshServiceTest {
    private static final String CONFIG = "username admin privilege 15 secret s3cret\nusername plain password clear\n"
        + "line vty 0 1\n login local\n transport input ssh\n";

    private static SshConnection in(final LoginRig rig) {
        final SshConnection connection = Objects.requireNonNull(rig.accept());
        connection.negotiated(new SshConnection.Algorithms("aes256-ctr", "hmac-sha2-256"),
            new SshConnection.Algorithms("aes128-ctr", "hmac-sha2-512"));
        assertThat(connection.login("admin", connection.secret("admin").map(hash -> hash.matches("s3cret")).orElse(false))).isTrue();
        return connection;
    }

    @Test
    void shouldKeepALineForWhoeverHasLoggedIn() {
        final LoginRig rig = LoginRig.of(CONFIG);
        final SshConnection first = in(rig);
        assertThat(rig.open(first)).isTrue();
        final SshConnection second = in(rig);
        assertThat(rig.accept()).as("both lines are taken, though one is not open yet").isNull();
        assertThat(rig.ssh.count(SshService.Count.NO_LINE)).isOne();
        assertThat(rig.open(second)).isTrue();
        assertThat(rig.ssh.show()).isEqualTo("""
            Connection Version Mode Encryption  Hmac         State                 Username
            0          2.0     IN   aes256-ctr  hmac-sha2-256 Session started       admin
            0          2.0     OUT  aes128-ctr  hmac-sha2-512 Session started       admin
            1          2.0     IN   aes256-ctr  hmac-sha2-256 Session started       admin
            1          2.0     OUT  aes128-ctr  hmac-sha2-512 Session started       admin
            """);
        rig.lines.close();
        first.closed();
        second.closed();
        second.closed();
        assertThat(rig.accept()).isNotNull();
        assertThat(rig.ssh.counters()).isEqualTo("""
            SSH connections:
              accepted                                          3
              refused, no terminal line is free                 1
              refused, quiet mode                               0
              refused, too many have not logged in              0
            """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hostname R1", "line vty 0 4\n transport input ssh", "line vty 0 4\n login local",
        "line vty 0 4\n login local\n transport input ssh\n transport input none"})
    void shouldRefuseEverybodyWhenNoLineLetsSshIn(final String config) {
        assertThat(LoginRig.of(config).accept()).isNull();
    }

    @Test
    void shouldBoundTheNumberOfStrangers() {
        final LoginRig rig = LoginRig.of(CONFIG);
        final List<SshConnection> strangers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            final SshConnection connection = rig.accept();
            if (connection != null) {
                strangers.add(connection);
            }
        }
        assertThat(strangers).hasSize(SshService.STRANGERS);
        assertThat(rig.ssh.count(SshService.Count.STRANGERS)).isEqualTo(200 - SshService.STRANGERS);
        strangers.getFirst().closed();
        assertThat(rig.open(in(rig))).isTrue();
    }

    @Test
    void shouldRefuseWhoeverLogsInWhenTheLastLineIsGone() {
        final LoginRig rig = LoginRig.of(CONFIG);
        final SshConnection late = Objects.requireNonNull(rig.accept());
        in(rig);
        in(rig);
        assertThat(late.login("admin", true)).isFalse();
        assertThat(rig.ssh.count(SshService.Count.NO_LINE)).isOne();
        assertThat(rig.watch.failures()).as("his password was right").startsWith("***");
    }

    @Test
    void shouldKnowNoUserWithAPasswordInClear() {
        final LoginRig rig = LoginRig.of(CONFIG);
        final SshConnection connection = Objects.requireNonNull(rig.accept());
        assertThat(connection.secret("plain")).isEmpty();
        assertThat(connection.secret("nobody")).isEmpty();
        assertThat(connection.login("nobody", true)).isFalse();
    }

    @Test
    void shouldRefuseEverythingInQuietMode() {
        final LoginRig rig = LoginRig.of(CONFIG + "login block-for 60 attempts 2 within 60\nip ssh authentication-retries 0\nip ssh time-out 7\n");
        final SshConnection connection = Objects.requireNonNull(rig.accept());
        assertThat(connection.terms()).isEqualTo(new SshConnection.Terms(7, 1, 1));
        assertThat(connection.login("admin", false)).isFalse();
        assertThat(connection.login("admin", false)).isFalse();
        assertThat(connection.login("admin", true)).as("the right password in quiet mode").isFalse();
        assertThat(rig.accept()).isNull();
        assertThat(rig.ssh.count(SshService.Count.QUIET)).isOne();
        rig.advance(60);
        assertThat(connection.login("admin", true)).isTrue();
    }

    @Test
    void shouldLogEvents() {
        final LoginRig rig = LoginRig.of(CONFIG + "ip ssh logging events\n");
        assertThat(rig.ssh.settings()).isEqualTo("SSH Disabled - version 2.0\nAuthentication timeout: 120 secs; Authentication retries: 3\n");
        rig.ssh.serve(new SshProtocol("ssh-rsa " + "A".repeat(100), List.of("rsa-sha2-512"), List.of("curve25519-sha256"),
            List.of("aes128-ctr", "aes256-ctr"), List.of("hmac-sha2-256")));
        in(rig).closed();
        assertThat(rig.messages).containsExactly("%SSH-5-ENABLED: SSH 2.0 has been enabled",
            "%SSH-5-SSH2_SESSION: SSH2 Session request from 192.0.2.9 (tty = 0) using crypto cipher 'aes256-ctr', hmac 'hmac-sha2-256' Succeeded",
            "%SSH-5-SSH2_USERAUTH: User 'admin' authentication for SSH2 Session from 192.0.2.9 (tty = 0) using crypto cipher 'aes256-ctr',"
                + " hmac 'hmac-sha2-256' Succeeded",
            "%SSH-5-SSH2_CLOSE: SSH2 Session from 192.0.2.9 (tty = 0) using crypto cipher 'aes256-ctr', hmac 'hmac-sha2-256' for user 'admin'"
                + " closed");
        assertThat(rig.ssh.settings()).isEqualTo("""
            SSH Enabled - version 2.0
            Authentication methods:password
            Hostkey Algorithms:rsa-sha2-512
            Encryption Algorithms:aes128-ctr,aes256-ctr
            MAC Algorithms:hmac-sha2-256
            KEX Algorithms:curve25519-sha256
            Authentication timeout: 120 secs; Authentication retries: 3
            IOS Keys in SECSH format(ssh-rsa, base64 encoded): Router
            ssh-rsa %s
            %s
            """.formatted("A".repeat(64), "A".repeat(36)));
    }

    @Test
    void shouldSpeakVersion2WhetherToldSoOrNot() {
        final ConfigFile plain = ConfigFile.read("a.cfg", "hostname R1\nend\n");
        final ConfigFile two = ConfigFile.read("b.cfg", "hostname R1\nip ssh version 2\nend\n");
        assertThat(two.refused()).isEmpty();
        assertThat(two.config()).isEqualTo(plain.config());
        assertThat(ConfigFile.read("c.cfg", "ip ssh version 1\nend\n").refused()).hasSize(1);
    }
}
