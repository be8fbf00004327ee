package io.lateen.testkit.start;

import com.tngtech.archunit.core.domain.JavaClass;
import io.lateen.testkit.house.HouseRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of a Spring program, once as its records declare them and once as its help tells of
 * them, so that neither forgets one.
 */
public final class DeclaredSettings {

    private static final String PROPERTIES =
            "org.springframework.boot.context.properties.ConfigurationProperties";
    private static final String DEFAULT =
            "org.springframework.boot.context.properties.bind.DefaultValue";

    private DeclaredSettings() {}

    /** Defaults by name, of every record of settings in some modules. */
    public static Map<String, String> in(String... modules) {
        Map<String, String> settings = new TreeMap<>();
        for (String module : modules) {
            for (JavaClass each : HouseRules.mainClassesOf(module)) {
                if (each.isAnnotatedWith(PROPERTIES)) {
                    Class<?> record = each.reflect();
                    String prefix = annotation(record, PROPERTIES).orElseThrow().getFirst();
                    read(prefix, record, settings);
                }
            }
        }
        return settings;
    }

    /**
     * Defaults by name, of every setting that begins with {@code lateen.} in the table from which a
     * program's help is printed.
     */
    public static Map<String, String> told(Class<?> configuration) {
        Map<String, String> settings = new TreeMap<>();
        try (InputStream in = configuration.getResourceAsStream("settings.txt")) {
            if (in == null) {
                throw new IllegalStateException("no settings.txt beside " + configuration);
            }
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("lateen."))
                    .map(line -> line.split("\\|", 3))
                    .forEach(fields -> settings.put(fields[0].strip(), fields[1].strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    private static void read(String prefix, Class<?> record, Map<String, String> settings) {
        for (RecordComponent each : record.getRecordComponents()) {
            String name = prefix + "." + dashed(each.getName());
            if (each.getType().isRecord()) {
                read(name, each.getType(), settings);
            } else if (Map.class.isAssignableFrom(each.getType())) {
                settings.put(name + ".*", "");
            } else {
                settings.put(name, usual(record, each));
            }
        }
    }

    private static String usual(Class<?> record, RecordComponent component) {
        String without = component.getType() == boolean.class ? "false" : "";
        // The annotation is one of parameters: of the constructor that has them all.
        RecordComponent[] all = record.getRecordComponents();
        return List.of(record.getDeclaredConstructors()).stream()
                .filter(constructor -> constructor.getParameterCount() == all.length)
                .flatMap(constructor -> List.of(constructor.getParameters()).stream())
                .filter(parameter -> parameter.getName().equals(component.getName()))
                .flatMap(parameter -> annotation(parameter, DEFAULT).stream())
                .map(values -> String.join(",", values))
                .findFirst()
                .orElse(without);
    }

    /** What an annotation holds, whose class this module does not know. */
    private static Optional<List<String>> annotation(AnnotatedElement element, String name) {
        for (Annotation each : element.getAnnotations()) {
            if (each.annotationType().getName().equals(name)) {
                try {
                    Object value = each.annotationType().getMethod("value").invoke(each);
                    return Optional.of(
                            value instanceof String[] several
                                    ? List.of(several)
                                    : List.of(String.valueOf(value)));
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return Optional.empty();
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
