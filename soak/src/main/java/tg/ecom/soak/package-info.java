/** Faults on purpose: recharges during which functions, or the whole machine, die at each place where that matters. */
package tg.ecom.soak;
