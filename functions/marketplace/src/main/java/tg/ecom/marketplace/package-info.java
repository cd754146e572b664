/** Stores, what they sell, and orders: from the placing to the money's end. */
package tg.ecom.marketplace;
