package tg.ecom.local.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExecutionPagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void listsOfMachinesOfAnySize_comeAsOne_newestFirst_eachExecutionOnce() {
        Map<String, List<Integer>> started = Map.of(
                "many", IntStream.range(0, 130).map(each -> each * 2).boxed().toList(),
                "some", IntStream.range(0, 60).map(each -> each * 3 + 1).boxed().toList(),
                "none", List.of());
        ExecutionPages pages = new ExecutionPages((action, input) -> list(started, input), Optional.empty());
        List<Integer> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        int asked = 0;
        do {
            ExecutionPages.Page page = pages.page(List.of("many", "some", "none"), cursor);
            page.executions().forEach(each -> seen.add(each.path("startDate").intValue()));
            cursor = page.next();
            asked++;
        } while (cursor.isPresent() && asked < 20);
        assertEquals(4, asked);
        assertEquals(190, seen.size());
        assertEquals(seen.stream().sorted(Comparator.reverseOrder()).toList(), seen);
        assertEquals(
                started.values().stream().flatMap(List::stream).sorted().toList(),
                seen.stream().sorted().toList());
        assertFalse(new HashSet<>(seen).isEmpty());
    }

    @Test
    void statusAskedFor_isHandedOn() {
        List<String> statuses = new ArrayList<>();
        ExecutionPages pages = new ExecutionPages(
                (action, input) -> {
                    statuses.add(input.path("statusFilter").textValue());
                    return list(Map.of("one", List.of(1)), input);
                },
                Optional.of("FAILED"));
        assertEquals(
                1, pages.page(List.of("one"), Optional.empty()).executions().size());
        assertEquals(List.of("FAILED"), statuses);
    }

    @Test
    void cursorOfNobody_isRefused() {
        ExecutionPages pages = new ExecutionPages((action, input) -> JSON.createObjectNode(), Optional.empty());
        for (String cursor : new String[] {"%", "MQ", "e30x"}) {
            assertThrows(JsonAnswers.Refusal.class, () -> pages.page(List.of("one"), Optional.of(cursor)), cursor);
        }
    }

    /** As Step Functions lists one machine: newest first, the token says after which. */
    private static JsonNode list(Map<String, List<Integer>> started, ObjectNode input) {
        int before = input.path("nextToken").asInt(Integer.MAX_VALUE);
        int count = input.path("maxResults").intValue();
        List<Integer> found = started.get(input.path("stateMachineArn").textValue()).stream()
                .sorted(Comparator.reverseOrder())
                .filter(each -> each < before)
                .toList();
        ObjectNode answer = JSON.createObjectNode();
        found.stream()
                .limit(count)
                .forEach(each -> answer.withArray("executions").addObject().put("startDate", each));
        answer.withArray("executions");
        if (found.size() > count) {
            answer.put("nextToken", Integer.toString(found.get(count - 1)));
        }
        return answer;
    }
}
