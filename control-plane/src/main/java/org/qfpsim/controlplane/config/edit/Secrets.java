package org.qfpsim.controlplane.config.edit;

import org.jspecify.annotations.Nullable;
import org.qfpsim.controlplane.cli.Argument;
import org.qfpsim.controlplane.cli.Branch;
import org.qfpsim.controlplane.cli.CommandRefusal;
import org.qfpsim.controlplane.cli.Input;
import org.qfpsim.controlplane.config.model.HashedSecret;

/** What follows {@code secret}: a password in clear, which is hashed at once, or its hash with the type in front. */
final class Secrets {
    private static final Argument<String> CLEAR = Argument.word();
    private static final Argument<HashedSecret> PBKDF2 = hash('8');
    private static final Argument<HashedSecret> SCRYPT = hash('9');

    private Secrets() {
    }

    /** Takes the hash. */
    @FunctionalInterface
    interface Taker {
        /** Takes it; with the words in front of it. */
        void take(Input input, HashedSecret secret) throws CommandRefusal;
    }

    private static Argument<HashedSecret> hash(final char type) {
        return Argument.of("WORD", HashedSecret.class, text -> hash(type, text));
    }

    private static @Nullable HashedSecret hash(final char type, final String text) {
        try {
            final HashedSecret secret = new HashedSecret(text);
            return secret.type() == type ? secret : null;
        } catch (final IllegalArgumentException e) {
            return null;
        }
    }

    /** Reads one behind a keyword; what says whose it is in help. */
    static void read(final Branch secret, final String what, final Taker taker) {
        final String clearHelp = "The UNENCRYPTED (cleartext) " + what;
        final Branch clear = secret.arg(CLEAR, clearHelp).does(in -> taker.take(in, HashedSecret.of(in.get(CLEAR))));
        secret.on("0", "Specifies an UNENCRYPTED password will follow").arg(CLEAR, clearHelp).as(clear);
        secret.on("8", "Specifies a PBKDF2 HASHED secret will follow").arg(PBKDF2, "The HASHED " + what)
            .does(in -> taker.take(in, in.get(PBKDF2)));
        secret.on("9", "Specifies a SCRYPT HASHED secret will follow").arg(SCRYPT, "The HASHED " + what)
            .does(in -> taker.take(in, in.get(SCRYPT)));
    }
}
