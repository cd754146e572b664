package tg.ecom.platform;

/** The answer of an operation that says only that it is done: 204. */
public record NoContent() {}
