package org.qfpsim.sim.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.qfpsim.sim.InputException;

/**
 * strongSwan's charon in a namespace. It does ESP in user space (kernel-libipsec), so it depends on no kernel, and always in UDP. It has
 * no memory: its files are in a folder of its own, which only its owner can enter.
 */
public final class StrongSwan implements AutoCloseable {
    private static final long START_SECONDS = 20;
    private static final String PACKAGES = "strongswan-charon strongswan-swanctl libstrongswan-standard-plugins"
        + " libstrongswan-extra-plugins libcharon-extra-plugins iproute2 iputils-ping";
    private static final String SETTINGS = """
        charon {
          load = random nonce openssl aes sha1 sha2 hmac kdf gmp curve25519 chapoly gcm pem pkcs1 pubkey %s kernel-netlink \
        socket-default vici
          plugins {
            vici {
              socket = unix://%s
            }
            kernel-libipsec {
              allow_peer_ts = yes
            }
          }
          filelog {
            log {
              path = %s
              default = 1
              flush_line = yes
            }
          }
        }
        swanctl {
          load = random
        }
        """;

    private final NetworkNamespace namespace;
    private final Path folder;
    private final Process daemon;

    private StrongSwan(final NetworkNamespace namespace, final Path folder, final Process daemon) {
        this.namespace = namespace;
        this.folder = folder;
        this.daemon = daemon;
    }

    /** Why there can be no strongSwan on this machine, and what to do; empty if there can. */
    public static Optional<String> missing() {
        final List<String> absent = Stream.of("ip", "charon", "swanctl", "ping", "unshare").filter(name -> Tool.find(name).isEmpty())
            .toList();
        if (!absent.isEmpty()) {
            return Optional.of("needs strongSwan and iproute2, and " + String.join(", ", absent) + " is missing: apt-get install "
                + PACKAGES);
        }
        final Optional<String> rights = NetworkNamespace.missing();
        return rights.isPresent() ? rights : Files.exists(Path.of("/dev/net/tun")) ? Optional.empty()
            : Optional.of("needs /dev/net/tun for strongSwan's ESP: modprobe tun");
    }

    /**
     * Starts the daemon.
     *
     * @param namespace     where.
     * @param configuration as in {@code swanctl.conf}.
     * @return the daemon, which has read the configuration.
     * @throws InputException if it is missing or does not take its configuration.
     */
    public static StrongSwan start(final NetworkNamespace namespace, final String configuration) {
        final Path charon = Tool.find("charon").orElseThrow(() -> new InputException(missing().orElse("charon is missing")));
        try {
            final Path folder = Files.createTempDirectory("qfp-sim-strongswan-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.writeString(folder.resolve("strongswan.conf"),
                SETTINGS.formatted("kernel-libipsec", folder.resolve("vici"), folder.resolve("log")));
            Files.writeString(folder.resolve("swanctl.conf"), configuration);
            // Daemons would find each other's pid files in /run.
            final ProcessBuilder builder = new ProcessBuilder(namespace.command("unshare", "-m", "sh", "-c",
                "mount -t tmpfs none /run && exec \"$0\"", charon.toString())).redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
            builder.environment().put("STRONGSWAN_CONF", folder.resolve("strongswan.conf").toString());
            final StrongSwan started = new StrongSwan(namespace, folder, builder.start());
            started.load();
            return started;
        } catch (final IOException e) {
            throw InputException.io("strongSwan", "cannot be started", e);
        }
    }

    private void load() {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try {
                if (Files.exists(folder.resolve("vici"))) {
                    control("--load-all", "--file", folder.resolve("swanctl.conf").toString());
                    return;
                }
            } catch (final InputException e) {
                if (System.nanoTime() > end || !daemon.isAlive()) {
                    close();
                    throw e;
                }
            }
            if (System.nanoTime() > end || !daemon.isAlive()) {
                final String log = log();
                close();
                throw new InputException("strongSwan does not start: " + log.lines().reduce((first, second) -> second).orElse("no log"));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException("interrupted while strongSwan started", e);
        }
    }

    /**
     * Reads another configuration; SAs stay.
     *
     * @param configuration as in {@code swanctl.conf}.
     */
    public void load(final String configuration) {
        try {
            Files.writeString(folder.resolve("swanctl.conf"), configuration);
        } catch (final IOException e) {
            throw InputException.io("strongSwan", "cannot be configured", e);
        }
        control("--load-all", "--clear", "--file", folder.resolve("swanctl.conf").toString());
    }

    /**
     * Runs {@code swanctl}.
     *
     * @param words its command and options: {@code --list-sas}.
     * @return its output.
     * @throws InputException if it fails.
     */
    public String control(final String... words) {
        return Tool.run(command(words));
    }

    /**
     * Starts {@code swanctl} and does not wait for it.
     *
     * @param words its command and options: {@code --initiate}.
     * @return the process; its output is one stream.
     */
    public Process controlLater(final String... words) {
        try {
            return new ProcessBuilder(command(words)).redirectErrorStream(true).start();
        } catch (final IOException e) {
            throw InputException.io("swanctl", "cannot be run", e);
        }
    }

    private List<String> command(final String... words) {
        final List<String> command = new ArrayList<>(List.of("env", "STRONGSWAN_CONF=" + folder.resolve("strongswan.conf"), "swanctl"));
        command.addAll(List.of(words));
        command.add("--uri");
        command.add("unix://" + folder.resolve("vici"));
        return command;
    }

    /** What it has logged so far. */
    public String log() {
        try {
            final Path log = folder.resolve("log");
            return Files.readString(Files.exists(log) ? log : folder.resolve("output"), StandardCharsets.ISO_8859_1);
        } catch (final IOException e) {
            throw InputException.io("strongSwan's log", "cannot be read", e);
        }
    }

    /** Where it lives. */
    public NetworkNamespace namespace() {
        return namespace;
    }

    @Override
    public void close() {
        daemon.destroy();
        try {
            if (!daemon.waitFor(5, TimeUnit.SECONDS)) {
                daemon.destroyForcibly().waitFor();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (final IOException e) {
            throw InputException.io(folder.toString(), "cannot be removed", e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
