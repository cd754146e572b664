/** What the tests of several parts stand on: a server, a clock, work at the same moment. */
package tg.ecom.testing;
