/** The payment operators of the one-machine cloud: they speak the real ones' HTTP and keep books of their own. */
package tg.ecom.local.operators;
