package tg.ecom.benchmarks;

import tg.ecom.local.usage.Counts;

/**
 * What it used when something was done once.
 *
 * @param counts until everything that it caused had ended
 * @param polling what one question of the app took, how it stands
 */
record Sample(Counts counts, Counts polling) {
    /** From what had been counted before it, after it, and after the question. */
    static Sample between(Counts before, Counts after, Counts asked) {
        return new Sample(after.since(before), asked.since(after));
    }
}
