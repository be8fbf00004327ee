package io.lateen.charts;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The chart, and what Helm makes of it. */
final class Chart {

    /** The namespace that the chart insists on. */
    static final String NAMESPACE = "lateen-system";

    private static final Path FOLDER = Path.of("lateen");
    private static final Gson GSON = new Gson();

    private Chart() {}

    /** What {@code helm lint --strict} says. */
    static LintResult lint() {
        return new Helm(FOLDER).lint().strict().call();
    }

    /** Every object that the chart makes of these values. */
    static List<JsonObject> render(Map<String, Object> values) {
        return render(NAMESPACE, values);
    }

    /** The same for a release in another namespace. */
    static List<JsonObject> render(String namespace, Map<String, Object> values) {
        TemplateCommand command =
                new Helm(FOLDER)
                        .template()
                        .withName("lateen")
                        .withNamespace(namespace)
                        .withKubeVersion("1.33.0");
        values.forEach(command::set);
        return objects(command.call());
    }

    private static List<JsonObject> objects(String text) {
        List<JsonObject> objects = new ArrayList<>();
        LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
        for (Object document : new Load(settings).loadAllFromString(text)) {
            JsonElement tree = GSON.toJsonTree(document);
            if (tree.isJsonObject()) {
                objects.add(tree.getAsJsonObject());
            }
        }
        return objects;
    }
}
