package tg.ecom.platform;

/** The event of a function that only needs to know that it is time. */
public record Tick() {}
