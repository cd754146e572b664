/** A small Lomé to try things in: people, stores and goods, all made up. */
package tg.ecom.local.demo;
