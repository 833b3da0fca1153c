package org.qfpsim.datapath.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.qfpsim.datapath.crypto.ipsecmb.IpsecMbBackend;
import org.qfpsim.datapath.crypto.jce.JceBackend;
import org.qfpsim.datapath.crypto.libcrypto.LibcryptoBackend;

/**
 * The crypto libraries of one router, best first. {@code auto} keeps every one that loads and gives the known answers; a name keeps only
 * that one, so that a report about a backend is about no other.
 */
public final class CryptoBackends implements AutoCloseable {
    /** The choice that takes the best library present for each suite. */
    public static final String AUTO = "auto";

    private static final List<Candidate> CANDIDATES = List.of(
        new Candidate(IpsecMbBackend.ID, IpsecMbBackend::load, suite -> true),
        new Candidate(LibcryptoBackend.ID, LibcryptoBackend::load, suite -> true),
        new Candidate(JceBackend.ID, JceBackend::new, JceBackend::supports));

    private final String choice;
    private final List<CryptoBackend> backends = new ArrayList<>();
    private final List<String> unavailable = new ArrayList<>();

    private CryptoBackends(final String choice) {
        this.choice = choice;
    }

    private interface Loader {
        CryptoBackend load() throws CryptoUnavailableException;
    }

    private record Candidate(String id, Loader loader, Predicate<EspSuite> supports) {
        CryptoBackend load() throws CryptoUnavailableException {
            final CryptoBackend backend = loader.load();
            try {
                KnownAnswers.check(backend);
            } catch (final CryptoUnavailableException e) {
                backend.close();
                throw e;
            }
            return backend;
        }
    }

    /**
     * Loads libraries and checks them against known answers.
     *
     * @param choice {@code auto}, {@code ipsec-mb}, {@code libcrypto} or {@code jce}.
     * @return the backends, without keys or lanes.
     * @throws CryptoUnavailableException if one was named and cannot be used here; the message is one line.
     * @throws IllegalArgumentException   if the choice is none of these.
     */
    public static CryptoBackends open(final String choice) throws CryptoUnavailableException {
        if (!choices().contains(choice)) {
            throw new IllegalArgumentException("--crypto " + choice + " is not one of " + String.join(", ", choices()));
        }
        final CryptoBackends result = new CryptoBackends(choice);
        for (final Candidate candidate : CANDIDATES) {
            if (choice.equals(AUTO) || choice.equals(candidate.id)) {
                try {
                    result.backends.add(candidate.load());
                } catch (final CryptoUnavailableException e) {
                    if (choice.equals(candidate.id)) {
                        throw e;
                    }
                    result.unavailable.add(e.getMessage());
                }
            }
        }
        return result;
    }

    /** What {@link #open} takes. */
    public static List<String> choices() {
        final List<String> choices = new ArrayList<>(List.of(AUTO));
        CANDIDATES.forEach(candidate -> choices.add(candidate.id));
        return List.copyOf(choices);
    }

    /** The names of the libraries that work on this machine, best first. */
    public static List<String> available() {
        try (CryptoBackends opened = open(AUTO)) {
            return opened.backends.stream().map(CryptoBackend::id).toList();
        } catch (final CryptoUnavailableException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The best backend for a suite.
     *
     * @param suite what an SA asks for.
     * @return the first backend that has it.
     * @throws IllegalArgumentException if none has; the message is one line that says what to choose instead.
     */
    public CryptoBackend forSuite(final EspSuite suite) {
        for (final CryptoBackend backend : backends) {
            if (backend.suites().contains(suite)) {
                return backend;
            }
        }
        final String others = CANDIDATES.stream().filter(candidate -> candidate.supports.test(suite)).map(Candidate::id)
            .collect(Collectors.joining(" or "));
        throw new IllegalArgumentException(choice.equals(AUTO)
            ? "no crypto library here can do " + suite.text() + "; it needs " + others + " (" + String.join("; ", unavailable) + ")"
            : "--crypto " + choice + " cannot do " + suite.text() + "; use auto, " + others);
    }

    /** The backends in use, best first. */
    public List<CryptoBackend> all() {
        return List.copyOf(backends);
    }

    /** One line for each library that {@code auto} could not use, with the reason. */
    public List<String> unavailable() {
        return List.copyOf(unavailable);
    }

    @Override
    public void close() {
        backends.forEach(CryptoBackend::close);
        backends.clear();
    }
}
