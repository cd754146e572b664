package tg.ecom.local;

import java.util.List;
import java.util.Map;
import tg.ecom.client.FreePorts;

/**
 * The ports of one run, all on 127.0.0.1. Those of the parts are chosen before anything starts, so that all can know
 * them.
 */
record Addresses(int gateway, int postgres, int dynamoDb, int queues, int objects) {
    static final String HOST = "127.0.0.1";
    private static final int PART_COUNT = 4;

    static Addresses choose(int gateway) {
        // One more than is needed: the gateway's is free too until it listens.
        List<Integer> free = FreePorts.some(PART_COUNT + 1).stream()
                .filter(port -> port != gateway)
                .toList();
        return new Addresses(gateway, free.get(0), free.get(1), free.get(2), free.get(3));
    }

    String base() {
        return "http://" + HOST + ":" + gateway;
    }

    String aws() {
        return base() + "/_aws";
    }

    /** What the root template is given. */
    Map<String, String> parameters() {
        return Map.of(
                "Stage",
                "local",
                "PublicBaseUrl",
                base(),
                "DatabaseSslMode",
                "disable",
                "YasBaseUrl",
                base() + "/_operators/yas");
    }
}
