/** Tests that start programs: the launcher, the one-machine cloud as a process, and functions as Lambda starts them. */
package tg.ecom.tests.process;
