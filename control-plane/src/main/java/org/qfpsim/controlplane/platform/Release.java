package org.qfpsim.controlplane.platform;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of IOS XE. What differs from one to another is listed in {@link ReleaseSwitch} and nowhere else.
 *
 * @param major   train: 2, 3, 16, 17 or 26.
 * @param minor   feature release of the train.
 * @param rebuild maintenance release, 0 for the first.
 * @param letter  the letter behind the rebuild, lower case; empty without one.
 */
public record Release(int major, int minor, int rebuild, String letter) implements Comparable<Release> {
    /** The release of the time when the invalid-SPI troubleshooting document was written. */
    public static final Release DEFAULT = new Release(3, 7, 0, "");

    private static final Pattern FORM = Pattern.compile("(\\d{1,2})\\.(\\d{1,2})(?:\\.(\\d{1,3})([a-z])?)?[sS]?");
    private static final List<Integer> TRAINS = List.of(2, 3, 16, 17, 26);
    private static final Comparator<Release> ORDER = Comparator.comparingInt(Release::major).thenComparingInt(Release::minor)
        .thenComparingInt(Release::rebuild).thenComparing(Release::letter);

    /**
     * Reads a release as people write it: {@code 3.7}, {@code 3.7S}, {@code 3.7.2S}, {@code 17.13}, {@code 17.13.1a}, {@code 2.3.2}.
     *
     * @param text the release.
     * @return the release; the S of the 3.x releases is not kept, since it says nothing.
     * @throws IllegalArgumentException when the text has another form or names a train that never was.
     */
    public static Release parse(final String text) {
        final Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not an IOS XE release: write it as 3.7, 3.7S, 16.9 or 17.13.1a");
        }
        final int major = Integer.parseInt(matcher.group(1));
        if (!TRAINS.contains(major)) {
            throw new IllegalArgumentException("IOS XE " + text + " never was: the first number is one of " + TRAINS);
        }
        final String rebuild = matcher.group(3);
        final String letter = matcher.group(4);
        return new Release(major, Integer.parseInt(matcher.group(2)), rebuild == null ? 0 : Integer.parseInt(rebuild),
            letter == null ? "" : letter);
    }

    /**
     * Tells whether this release has what a switch describes.
     *
     * @param feature a difference between releases.
     * @return true when it does.
     */
    public boolean has(final ReleaseSwitch feature) {
        return compareTo(feature.first()) >= 0;
    }

    @Override
    public int compareTo(final Release other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + (rebuild == 0 && letter.isEmpty() ? "" : "." + rebuild + letter);
    }
}
