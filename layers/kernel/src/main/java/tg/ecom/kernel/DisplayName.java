package tg.ecom.kernel;

/** How a person is shown to somebody who pays them: enough to notice a wrong number, too little to learn who has one. */
public final class DisplayName {
    private DisplayName() {}

    /** {@code Kossi A.} of Kossi Agbeko. */
    public static String masked(String firstName, String lastName) {
        String last = lastName.strip();
        String initial =
                last.substring(0, last.offsetByCodePoints(0, Math.min(1, last.codePointCount(0, last.length()))));
        return initial.isEmpty()
                ? firstName.strip()
                : firstName.strip() + " " + initial.toUpperCase(java.util.Locale.ROOT) + ".";
    }
}
