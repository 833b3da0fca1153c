package org.qfpsim.datapath.sa;

/** A change to what packets see, made by the dispatcher between two packets, so that it has one place in the order of arrival. */
@FunctionalInterface
public interface PositionedChange {
    /**
     * Makes the change.
     *
     * @param position of the first packet that sees it.
     */
    void applyAt(long position);
}
