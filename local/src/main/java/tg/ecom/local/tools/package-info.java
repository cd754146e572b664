/** What is offered below {@code /_local}. */
package tg.ecom.local.tools;
