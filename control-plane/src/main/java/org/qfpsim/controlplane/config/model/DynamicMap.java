package org.qfpsim.controlplane.config.model;

import java.util.List;

/**
 * A dynamic crypto map: templates for peers that are not known.
 *
 * @param name    its name.
 * @param entries by sequence number; access list and peers of an entry may be missing and then stand for all.
 */
public record DynamicMap(String name, List<CryptoMap.Static> entries) {
    /** Copies the list. */
    public DynamicMap {
        entries = List.copyOf(entries);
    }
}
