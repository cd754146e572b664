package tg.ecom.events;

/**
 * What the relay is told.
 *
 * @param eventsTopic the ARN of the topic that events go to
 * @param relaySeconds for how long a run looks out for what happens, in seconds
 */
public record RelaySettings(String eventsTopic, int relaySeconds) {}
