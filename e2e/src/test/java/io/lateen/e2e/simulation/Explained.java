package io.lateen.e2e.simulation;

import io.lateen.model.resource.Resource;

/** Prints a drawn mesh so that a failure can be read. */
final class Explained {

    private Explained() {}

    /** Without what is not written: nulls and what is empty. */
    private static String shortly(Object spec) {
        String text = spec.toString();
        for (String before = ""; !before.equals(text); ) {
            before = text;
            text =
                    text.replaceAll("(, )?\\w+=(null|\\[]|\\{}|false|\\w+\\[\\[?]?])(?=[],])", "")
                            .replace("[, ", "[");
        }
        return text;
    }

    static String rules(RandomMesh.Mesh mesh) {
        StringBuilder text = new StringBuilder();
        mesh.services()
                .forEach(
                        service ->
                                text.append("\n  service ")
                                        .append(service.hostname())
                                        .append(' ')
                                        .append(
                                                service.ports().stream()
                                                        .map(p -> p.number())
                                                        .toList())
                                        .append(" exportTo ")
                                        .append(service.exportTo()));
        for (Resource resource : mesh.resources()) {
            text.append("\n  ")
                    .append(resource.key())
                    .append(" created ")
                    .append(resource.metadata().creationTimestamp())
                    .append(": ")
                    .append(shortly(resource.spec()));
        }
        return text.append('\n').toString();
    }
}
