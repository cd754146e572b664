package tg.ecom.local.template;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What has to hold between resources of all templates, since one address and one name space serve them all. */
final class StackRules {
    private final Stack root;
    private final Scope scope;
    private final Faults faults;

    StackRules(Stack root, Scope scope, Faults faults) {
        this.root = root;
        this.scope = scope;
        this.faults = faults;
    }

    void check() {
        Map<String, String> routes = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        Map<String, String> stateMachines = new HashMap<>();
        for (FunctionDefinition function : root.all(Stack::functions)) {
            once(names, function.name(), function.logicalPath(), "the function name " + function.name());
            for (EventSource event : function.events()) {
                if (event instanceof EventSource.HttpRoute route) {
                    // Two names of one parameter are one route to API Gateway.
                    String shape = route.key().replaceAll("\\{[^}+]*}", "{}").replaceAll("\\{[^}]*\\+}", "{+}");
                    once(routes, shape, function.logicalPath(), "the route " + route.key());
                }
            }
        }
        for (StateMachineDefinition machine : root.all(Stack::stateMachines)) {
            once(stateMachines, machine.name(), machine.logicalPath(), "the state machine name " + machine.name());
        }
    }

    private void once(Map<String, String> owners, String key, String logicalPath, String what) {
        String owner = owners.putIfAbsent(key, logicalPath);
        if (owner != null) {
            faults.add(fileOf(logicalPath), lastOf(logicalPath), what + " is already that of " + owner);
        }
    }

    private Path fileOf(String logicalPath) {
        Scope at = scope;
        List<String> ids = List.of(logicalPath.split("/", -1));
        for (String id : ids.subList(0, ids.size() - 1)) {
            at = at.nested().get(id);
        }
        return at.file();
    }

    private static String lastOf(String logicalPath) {
        return logicalPath.substring(logicalPath.lastIndexOf('/') + 1);
    }
}
