package tg.ecom.ledger;

import java.util.List;

/**
 * What a check of the books found.
 *
 * @param ok whether everything is as it must be
 * @param wallets how many there are
 * @param transfers how many there are
 * @param entries how many there are
 * @param sum of all entries, in francs: zero, or a franc was made or lost
 * @param differences what is not as it must be, the first of them
 */
public record Verification(
        boolean ok, long wallets, long transfers, long entries, long sum, List<Difference> differences) {
    public Verification {
        differences = List.copyOf(differences);
    }

    /**
     * One thing that is not what the rest of the books says it is.
     *
     * @param subject what: wallet, transfer, entry or seal
     * @param id which
     * @param field what of it
     * @param expected what it must be
     * @param found what it is
     */
    public record Difference(String subject, String id, String field, String expected, String found) {}
}
