package tg.ecom.kernel;

/** One sentence for people, in each language of Ecom. */
public record Text(String french, String english) {
    /** The sentence in that language. */
    public String in(Language language) {
        return switch (language) {
            case FRENCH -> french;
            case ENGLISH -> english;
        };
    }
}
