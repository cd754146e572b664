/** A morning in Lomé: what Ecom does, played over plain HTTP and told in the terminal step by step. */
package tg.ecom.demo;
