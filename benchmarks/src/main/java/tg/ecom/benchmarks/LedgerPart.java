package tg.ecom.benchmarks;

/** Something of the ledger that is measured by itself. */
interface LedgerPart {
    /** Measures, tells what came out, and checks that what was measured was done. */
    void run(LedgerCourse course);
}
