package org.qfpsim.sim.console.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.core.CoreModuleProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qfpsim.sim.InputException;
import org.qfpsim.sim.Main;

/** SSH with MINA at both ends. */
class SshListenerTest {
    @TempDir
    private Path folder;

    /** A terminal: types, and reads until something is shown. */
    private static final class Screen implements AutoCloseable {
        private final ChannelShell channel;
        private final OutputStream keys;
        private final InputStream shown;

        Screen(final ClientSession session, final int columns, final int rows) throws IOException {
            channel = session.createShellChannel();
            channel.setUsePty(true);
            channel.setPtyColumns(columns);
            channel.setPtyLines(rows);
            channel.setRedirectErrorStream(true);
            channel.open().verify(SshRig.LONG);
            keys = channel.getInvertedIn();
            shown = channel.getInvertedOut();
        }

        void type(final String text) throws IOException {
            keys.write(text.getBytes(StandardCharsets.UTF_8));
            keys.flush();
        }

        String until(final String end) throws IOException {
            final StringBuilder text = new StringBuilder();
            while (text.indexOf(end) < 0) {
                final int octet = shown.read();
                if (octet < 0) {
                    throw new AssertionError("the session has ended: " + text);
                }
                text.append((char) octet);
            }
            return text.toString();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    @Test
    void shouldRunCommandsAndTerminals() throws Exception {
        try (SshRig rig = new SshRig(folder, SshRig.USERS + SshRig.LINES)) {
            assertThat(rig.run("show privilege")).isEqualTo("Current privilege level is 15\n");
            assertThat(rig.run("show frob")).isEqualTo("show frob\n     ^\n% Invalid input detected at '^' marker.\n\n");
            assertThat(rig.run("show privilege\nshow users | include admin")).startsWith("Current privilege level is 15\n*  2 vty 0      admin ");
            try (ClientSession session = rig.login("bob", "b0b"); Screen screen = new Screen(session, 200, 30)) {
                assertThat(screen.until("R1>")).isEqualTo("\r\nR1>");
                screen.type("enable\r");
                screen.until("Password: ");
                screen.type("en4ble\r");
                screen.until("R1#");
                screen.type("show tech-support ipsec\r");
                assertThat(screen.until(" --More-- ").lines()).hasSize(31);
                screen.type("\u0003");
                screen.until("R1#");
                screen.type("ping 10.1.0.99 repeat 1000\r");
                screen.until("timeout is 2 seconds");
                screen.type("\u0003");
                screen.until("R1#");
                screen.type("exit\r");
                screen.channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), SshRig.LONG);
                assertThat(screen.channel.getExitStatus()).isZero();
                session.waitFor(EnumSet.of(ClientSession.ClientSessionEvent.CLOSED), SshRig.LONG);
            }
        }
    }

    @Test
    void shouldServeLinesWithoutATerminal() throws Exception {
        try (SshRig rig = new SshRig(folder, SshRig.USERS + SshRig.LINES); ClientSession session = rig.login("admin", "s3cret");
             ChannelShell channel = session.createShellChannel()) {
            channel.setUsePty(false);
            channel.open().verify(SshRig.LONG);
            try (OutputStream in = channel.getInvertedIn()) {
                in.write("show privilege\nconfigure terminal\nhostname R2\nend\n".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(new String(channel.getInvertedOut().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("R1#show privilege\n"
                + "Current privilege level is 15\nR1#configure terminal\nEnter configuration commands, one per line.  End with CNTL/Z.\n"
                + "R1(config)#hostname R2\nR2(config)#end\n");
        }
    }

    @Test
    void shouldKeepGuessersOut() throws Exception {
        try (SshRig rig = new SshRig(folder, SshRig.USERS + SshRig.LINES + "username plain password clear\n"
            + "login block-for 600 attempts 4 within 600\nlogin on-failure log\nip ssh authentication-retries 1\n")) {
            try (ClientSession session = rig.connect("admin")) {
                for (int i = 0; i < 10; i++) {
                    session.addPasswordIdentity("guess" + i);
                }
                assertThatThrownBy(() -> session.auth().verify(SshRig.LONG)).isInstanceOf(IOException.class);
                session.waitFor(EnumSet.of(ClientSession.ClientSessionEvent.CLOSED), SshRig.LONG);
            }
            assertThat(rig.console("show login failures")).contains("Total failed logins: 2").containsPattern("admin +127.0.0.1 +[0-9]+ +2 ");
            assertThat(rig.run("show privilege")).as("not yet").contains("15");
            for (final String user : new String[] {"plain", "nobody"}) {
                assertThatThrownBy(() -> rig.login(user, "clear")).isInstanceOf(IOException.class);
            }
            assertThatThrownBy(() -> rig.login("admin", "s3cret")).as("quiet mode").isInstanceOf(IOException.class);
            assertThat(rig.console("show logging | include SEC_LOGIN")).contains("%SEC_LOGIN-1-QUIET_MODE_ON", "[user: nobody]");
            assertThat(rig.console("show qfp-sim ssh")).containsPattern("refused, quiet mode +[1-9]");
        }
    }

    @Test
    void shouldHaveNothingButTerminals() throws Exception {
        try (SshRig rig = new SshRig(folder, SshRig.USERS + SshRig.LINES)) {
            try (ClientSession session = rig.login("admin", "s3cret"); Screen screen = new Screen(session, 80, 24)) {
                screen.until("R1#");
                try (ChannelExec second = session.createExecChannel("show version")) {
                    second.open().verify(SshRig.LONG);
                    assertThat(second.getInvertedOut().readAllBytes()).as("second session").isEmpty();
                    second.waitFor(EnumSet.of(ClientChannelEvent.EXIT_STATUS), SshRig.LONG);
                    assertThat(second.getExitStatus()).isOne();
                }
                assertThatThrownBy(() -> session.startRemotePortForwarding(new SshdSocketAddress("127.0.0.1", 0),
                    new SshdSocketAddress("127.0.0.1", 9))).isInstanceOf(IOException.class);
            }
            try (ClientSession session = rig.login("admin", "s3cret"); ChannelSubsystem sftp = session.createSubsystemChannel("sftp")) {
                sftp.setRedirectErrorStream(true);
                CoreModuleProperties.REQUEST_SUBSYSTEM_REPLY.set(sftp, true);
                sftp.open().verify(SshRig.LONG);
                assertThat(sftp.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), SshRig.LONG)).contains(ClientChannelEvent.CLOSED);
            }
            try (ClientSession session = rig.login("admin", "s3cret")) {
                final ClientChannel channel = session.createDirectTcpipChannel(new SshdSocketAddress("127.0.0.1", 1),
                    new SshdSocketAddress("127.0.0.1", rig.port()));
                assertThatThrownBy(() -> channel.open().verify(SshRig.LONG)).isInstanceOf(IOException.class);
            }
            try (ClientSession session = rig.connect("admin")) {
                final KeyPair key = KeyPairGenerator.getInstance("RSA").generateKeyPair();
                session.addPublicKeyIdentity(key);
                assertThatThrownBy(() -> session.auth().verify(SshRig.LONG)).as("a public key").isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void shouldHaveOneLineForEachSessionAndNoMore() throws Exception {
        try (SshRig rig = new SshRig(folder, SshRig.USERS + "line vty 0 1\n login local\n transport input ssh\n")) {
            try (ClientSession one = rig.login("admin", "s3cret"); Screen first = new Screen(one, 80, 24);
                 ClientSession two = rig.login("bob", "b0b"); Screen second = new Screen(two, 80, 24)) {
                first.until("R1#");
                second.until("R1>");
                assertThatThrownBy(() -> rig.login("admin", "s3cret")).isInstanceOf(IOException.class);
                assertThat(rig.console("show qfp-sim ssh")).containsPattern("no terminal line is free +1\n");
                assertThat(rig.console("show users")).containsPattern("vty 0 +admin").containsPattern("vty 1 +bob");
            }
            SshRig.await("lines are free again", () -> {
                try {
                    return rig.run("show privilege").contains("15");
                } catch (final IOException e) {
                    return false;
                }
            });
        }
    }

    @Test
    void shouldEndSilentConnectionsAndSessions() throws Exception {
        try (SshRig rig = new SshRig(folder, SshRig.USERS + SshRig.LINES + " exec-timeout 0 1\nip ssh time-out 1\n")) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", rig.port()));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)).startsWith("SSH-2.0-qfp-sim\r\n");
            }
            try (ClientSession session = rig.login("admin", "s3cret"); Screen screen = new Screen(session, 80, 24)) {
                screen.until("R1#");
                assertThat(screen.channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), SshRig.LONG)).contains(ClientChannelEvent.CLOSED);
            }
            try (ClientSession session = rig.login("admin", "s3cret")) {
                assertThat(session.waitFor(EnumSet.of(ClientSession.ClientSessionEvent.CLOSED), SshRig.LONG))
                    .as("no terminal is ever opened").contains(ClientSession.ClientSessionEvent.CLOSED);
            }
        }
    }

    @Test
    void shouldKeepItsKeyForItself() throws Exception {
        try (SshRig rig = new SshRig(folder, SshRig.USERS + SshRig.LINES)) {
            assertThat(rig.port()).isPositive();
        }
        final Path key = folder.resolve("state").resolve("key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key))).isEqualTo("rw-------");
        final KeyPair first = HostKey.load(key);
        assertThat(HostKey.load(key).getPublic()).isEqualTo(first.getPublic());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> HostKey.load(key)).isInstanceOf(InputException.class).hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(key, "nothing");
        assertThatThrownBy(() -> HostKey.load(key)).isInstanceOf(InputException.class).hasMessageContaining("remove it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "65536", "host:22", "1.2.3.4", "1.2.3.4:", ":22", "::1:22", "1.2.3.4:22:1", "999.1.1.1:22", "[::x]:22"})
    void shouldRefuseWhatIsNoAddress(final String text) {
        assertThatThrownBy(() -> ListenAddress.parse("--ssh", text)).isInstanceOf(InputException.class).hasMessageStartingWith("--ssh " + text);
    }

    @Test
    void shouldSayWhatIsWrongWithTheCommand() throws IOException {
        final Path key = folder.resolve("key");
        Files.writeString(key, "no key");
        try (SshRig rig = new SshRig(folder, "")) {
            for (final String[] wrong : new String[][] {{"--ssh 1:2", "--ssh", "1:2"}, {"--ssh-host-key KEY is for --ssh", "--ssh-host-key", "KEY"},
                {"exclude each other", "--ssh", "1", "--attach", "1"}, {"KEY: others may read this key", "--ssh", "0", "--ssh-host-key", key.toString()},
                {"127.0.0.1:" + rig.port() + ": cannot listen there", "--ssh", String.valueOf(rig.port()), "--ssh-host-key",
                    folder.resolve("state").resolve("key").toString()}}) {
                final StringWriter err = new StringWriter();
                final String[] words = Arrays.copyOfRange(wrong, 1, wrong.length);
                final List<String> all = new ArrayList<>(List.of("console"));
                all.addAll(List.of(words));
                assertThat(Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err, true), all.toArray(String[]::new))).isEqualTo(Main.BAD_INPUT);
                assertThat(err.toString()).contains(wrong[0].replace("KEY:", key + ":"));
            }
        }
    }

    @Test
    void shouldListenOnLoopbackUnlessToldOtherwise() {
        assertThat(ListenAddress.parse("--ssh", "22").socket()).isEqualTo(new InetSocketAddress("127.0.0.1", 22));
        assertThat(ListenAddress.parse("--ssh", "[::1]:22").socket()).isEqualTo(new InetSocketAddress("::1", 22));
        assertThat(ListenAddress.parse("--ssh", "0.0.0.0:22").socket()).isEqualTo(new InetSocketAddress("0.0.0.0", 22));
        assertThat(ListenAddress.parse("--ssh", "192.0.2.1:22").socket()).isEqualTo(new InetSocketAddress("192.0.2.1", 22));
    }
}
