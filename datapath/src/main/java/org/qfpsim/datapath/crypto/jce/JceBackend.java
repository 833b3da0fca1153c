package org.qfpsim.datapath.crypto.jce;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.agrona.collections.IntArrayList;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.crypto.CryptoBackend;
import org.qfpsim.datapath.crypto.CryptoLane;
import org.qfpsim.datapath.crypto.EspKeys;
import org.qfpsim.datapath.crypto.EspSuite;

/** The JDK's ciphers: all suites but AES-GCM with an 8-octet ICV, which SunJCE does not offer. */
public final class JceBackend implements CryptoBackend {
    /** The name for {@code --crypto}. */
    public static final String ID = "jce";

    private static final int SHORTEST_GCM_ICV_BYTES = 12;

    private final Set<EspSuite> suites = EnumSet.allOf(EspSuite.class);
    private final IntArrayList free = new IntArrayList();
    /** By handle; element 0 is never used. Replaced when full: whoever got a handle by release and acquire sees an array that has it. */
    private @Nullable JceSa[] sas = new JceSa[16];
    private int nextHandle = 1;
    private int lanes;

    /** Makes a backend without keys or lanes. */
    public JceBackend() {
        suites.removeIf(suite -> !supports(suite));
    }

    /** Whether SunJCE can do a suite. */
    public static boolean supports(final EspSuite suite) {
        return suite.cipher() != EspSuite.Cipher.AES_GCM || suite.icvBytes() >= SHORTEST_GCM_ICV_BYTES;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String description() {
        return "jce (SunJCE of JDK " + Runtime.version() + ")";
    }

    @Override
    public Set<EspSuite> suites() {
        return EnumSet.copyOf(suites);
    }

    @Override
    public long install(final EspSuite suite, final EspKeys keys) {
        if (!suites.contains(suite)) {
            throw new IllegalArgumentException("jce cannot do " + suite.text());
        }
        keys.validate(suite);
        final int handle = free.isEmpty() ? nextHandle++ : free.removeAt(free.size() - 1);
        if (handle == sas.length) {
            sas = Arrays.copyOf(sas, 2 * sas.length);
        }
        sas[handle] = new JceSa(suite, keys);
        return handle;
    }

    @Override
    public void release(final EspSuite suite, final long handle) {
        sa(handle).erase();
        sas[(int) handle] = null;
        free.addInt((int) handle);
    }

    @Override
    public CryptoLane newLane() {
        if (lanes == JceSa.MAX_LANES) {
            throw new IllegalStateException("jce has at most " + JceSa.MAX_LANES + " lanes");
        }
        return new JceLane(this, lanes++);
    }

    @Override
    public void close() {
        for (final JceSa sa : sas) {
            if (sa != null) {
                sa.erase();
            }
        }
        Arrays.fill(sas, null);
    }

    /** The SA of a handle. */
    JceSa sa(final long handle) {
        final JceSa sa = sas[(int) handle];
        if (sa == null) {
            throw new IllegalStateException("the SA was released");
        }
        return sa;
    }
}
