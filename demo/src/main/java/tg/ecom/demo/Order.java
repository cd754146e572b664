package tg.ecom.demo;

/**
 * An order of Afi's.
 *
 * @param number what people call it
 * @param total in francs
 */
record Order(String id, String number, long total) {}
