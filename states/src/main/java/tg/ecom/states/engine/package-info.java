/** Runs executions: what each kind of state does, what is kept of it, and the threads and timers that drive it. */
package tg.ecom.states.engine;
