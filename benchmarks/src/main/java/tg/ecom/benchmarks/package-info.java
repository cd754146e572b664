/** What {@code ./ecom bench} runs: what a thing costs in the cloud, and how fast it is beside something known. */
package tg.ecom.benchmarks;
