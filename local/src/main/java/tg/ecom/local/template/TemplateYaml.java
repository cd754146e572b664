package tg.ecom.local.template;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads a template's YAML into maps, lists and scalars; {@code !Sub x} becomes {@code {"Fn::Sub": x}}. */
final class TemplateYaml {
    private TemplateYaml() {}

    /** Throws {@link UnresolvableException} with the line where the file isn't YAML or can't be read. */
    static Map<?, ?> read(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        DumperOptions dumper = new DumperOptions();
        Yaml yaml = new Yaml(
                new IntrinsicConstructor(options), new Representer(dumper), dumper, options, new PlainResolver());
        try (Reader reader = Files.newBufferedReader(file)) {
            if (yaml.load(reader) instanceof Map<?, ?> template) {
                return template;
            }
            throw new UnresolvableException("it is not a template: no mapping at its top");
        } catch (MarkedYAMLException e) {
            String line = e.getProblemMark() == null
                    ? ""
                    : " at line " + (e.getProblemMark().getLine() + 1);
            throw new UnresolvableException("it is not valid YAML" + line + ": " + e.getProblem());
        } catch (YAMLException e) {
            throw new UnresolvableException("it is not valid YAML: " + e.getMessage());
        } catch (IOException e) {
            throw new UnresolvableException("it can't be read: " + e.getMessage());
        }
    }

    /** Dates stay text, as CloudFormation takes them ({@code Version: 2012-10-17}). */
    private static final class PlainResolver extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
            addImplicitResolver(Tag.INT, INT, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }

    private static final class IntrinsicConstructor extends SafeConstructor {
        IntrinsicConstructor(LoaderOptions options) {
            super(options);
            yamlMultiConstructors.put("!", new ShortForm());
        }

        private final class ShortForm extends AbstractConstruct {
            @Override
            public Object construct(Node node) {
                String name = node.getTag().getValue().substring(1);
                Object value = value(node);
                return switch (name) {
                    case "Ref", "Condition" -> Map.of(name, value);
                    case "GetAtt" -> Map.of("Fn::GetAtt", value instanceof String dotted ? halves(dotted) : value);
                    default -> Map.of("Fn::" + name, value);
                };
            }
        }

        private Object value(Node node) {
            return switch (node) {
                case ScalarNode scalar -> scalar.getValue();
                case SequenceNode sequence -> constructSequence(sequence);
                case MappingNode mapping -> constructMapping(mapping);
                default -> throw new YAMLException("a tag stands before something that is not a value");
            };
        }

        private static List<String> halves(String dotted) {
            int dot = dotted.indexOf('.');
            return dot < 0 ? List.of(dotted) : List.of(dotted.substring(0, dot), dotted.substring(dot + 1));
        }
    }
}
