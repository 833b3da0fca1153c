package org.qfpsim.sim.console.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.qfpsim.sim.InputException;

/** The key that proves to SSH clients which simulator they talk to: made once, then kept where only its owner can read it. */
final class HostKey {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int BITS = 2048;

    private HostKey() {
    }

    /** Where it is unless the user says otherwise: in the folder for what programs remember. */
    static Path standard() {
        final String state = System.getenv("XDG_STATE_HOME");
        final Path base = state == null || state.isEmpty() ? Path.of(System.getProperty("user.home"), ".local", "state") : Path.of(state);
        return base.resolve("qfp-sim").resolve("ssh_host_rsa_key");
    }

    /**
     * Reads the key, which is made first if there is none.
     *
     * @throws InputException if it cannot be read or written, is no key, or is there for others to read.
     */
    static KeyPair load(final Path path) {
        try {
            if (!Files.exists(path)) {
                make(path);
            }
            if (!Files.getPosixFilePermissions(path).equals(OWNER_ONLY)) {
                throw new InputException(path + ": others may read this key; chmod 600 it, or remove it and a new one is made");
            }
            try (InputStream in = Files.newInputStream(path)) {
                final Iterable<KeyPair> keys = SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(path.toString()), in,
                    FilePasswordProvider.EMPTY);
                if (keys != null && keys.iterator().hasNext()) {
                    return keys.iterator().next();
                }
            }
            throw new InputException(path + ": holds no private key; remove it and a new one is made");
        } catch (final IOException e) {
            throw InputException.io(path.toString(), "cannot be used as SSH host key", e);
        } catch (final GeneralSecurityException e) {
            throw new InputException(path + ": holds no private key that can be used (" + e.getMessage()
                + "); remove it and a new one is made", e);
        }
    }

    private static void make(final Path path) throws IOException, GeneralSecurityException {
        final KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        final Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            throw new InputException(path + ": is no file");
        }
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        final Path whole = Files.createTempFile(folder, "ssh", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (OutputStream out = Files.newOutputStream(whole)) {
                OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(generator.generateKeyPair(), "qfp-sim", null, out);
            }
            // Unlike a move this does not replace the key that another process has made meanwhile.
            Files.createLink(path, whole);
        } catch (final FileAlreadyExistsException e) {
            return;
        } finally {
            Files.delete(whole);
        }
    }
}
