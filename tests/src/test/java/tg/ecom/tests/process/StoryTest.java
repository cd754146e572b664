package tg.ecom.tests.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tg.ecom.client.FreePorts;
import tg.ecom.soak.StorySoak;

/** {@code ./ecom demo}, and the same story while the machine is killed in the midst of it. */
class StoryTest {
    private static final int KILLS = 3;
    private static final int STORIES_MAX = 4;
    private static final int SEEDS = 1_000_000;

    @TempDir
    Path directory;

    private final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextInt(SEEDS));

    @Test
    void demo_startsEcomTellsItsStoryAndEndsIt() throws Exception {
        Tree tree = Tree.built(directory.resolve("project"));
        int port = FreePorts.one();
        try (Program demo = tree.start(
                Map.of(),
                "demo",
                "--port",
                Integer.toString(port),
                "--data",
                directory.resolve("data").toString())) {
            assertEquals(0, demo.exitCode(), () -> demo.output() + demo.errors());
            assertTrue(demo.output().contains("told 2 times, credited once"), demo.output());
            assertTrue(demo.output().contains("no franc was lost or made"), demo.output());
            assertTrue(demo.output().contains("Each step did what it says"), demo.output());
        }
        try (ServerSocket free = new ServerSocket(port)) {
            assertEquals(port, free.getLocalPort());
        }
    }

    @Test
    void deathsAmidTheStory_changeNothingOfIt() {
        Tree tree = Tree.built(directory.resolve("project"));
        List<String> differences = new ArrayList<>();
        int deaths = 0;
        try (StorySoak soak = StorySoak.start(tree.root(), directory, seed)) {
            for (int story = 0; story < STORIES_MAX && deaths < KILLS; story++) {
                StorySoak.Played played = soak.play(KILLS - deaths);
                deaths += played.deaths();
                differences.addAll(played.differences());
            }
        }
        assertEquals(List.of(), differences, () -> "with -Dseed=" + seed);
        assertEquals(KILLS, deaths, () -> "with -Dseed=" + seed);
    }
}
