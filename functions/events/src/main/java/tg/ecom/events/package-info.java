/** Tells other domains what happened, and finishes what a crash left between a commit and what was to follow it. */
package tg.ecom.events;
