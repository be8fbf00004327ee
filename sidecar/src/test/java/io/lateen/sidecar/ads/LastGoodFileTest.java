package io.lateen.sidecar.ads;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastGoodFileTest {

    private static final XdsResource CLUSTER =
            new XdsResource(
                    "c",
                    "v1",
                    Any.newBuilder()
                            .setTypeUrl(ResourceType.CLUSTERS.typeUrl())
                            .setValue(ByteString.copyFromUtf8("body"))
                            .build());

    @TempDir Path folder;

    @Test
    void givesBackWhatWasSaved() {
        save("node-1");

        LastGoodFile.Saved saved = new LastGoodFile(folder, "node-1").load().orElseThrow();

        assertThat(saved.revision()).isEqualTo(7);
        assertThat(saved.savedMillis()).isEqualTo(1_000);
        assertThat(saved.updates()).hasSize(ResourceType.values().length);
        assertThat(saved.updates().getFirst().changed()).containsExactly(CLUSTER);
    }

    @Test
    void hasNothingAtTheFirstStart() {
        assertThat(new LastGoodFile(folder.resolve("new"), "node-1").load()).isEmpty();
    }

    @Test
    void doesNotBelieveAFileOfAnotherNode() {
        save("node-1");

        assertThat(new LastGoodFile(folder, "node-2").load()).isEmpty();
    }

    @Test
    void doesNotBelieveAChangedFileWhereverItChanged() throws IOException {
        save("node-1");
        Path file = folder.resolve("last-good-configuration");
        byte[] good = Files.readAllBytes(file);

        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(file, bad);
            assertThat(new LastGoodFile(folder, "node-1").load())
                    .as("byte %d of %d changed", i, good.length)
                    .isEmpty();
        }
        Files.write(file, java.util.Arrays.copyOf(good, good.length / 2));
        assertThat(new LastGoodFile(folder, "node-1").load()).isEmpty();
    }

    @Test
    void takesWhatWasAcceptedAndNotWhatWasRefused() {
        AcceptedResources resources = new AcceptedResources();
        XdsResource bad = new XdsResource("bad", "v1", Any.getDefaultInstance());

        resources.apply(
                new ConfigurationUpdate(ResourceType.CLUSTERS, 1, List.of(CLUSTER, bad), List.of()),
                List.of(new Rejection("bad", "no")));

        assertThat(resources.versions(ResourceType.CLUSTERS)).isEqualTo(Map.of("c", "v1"));
        resources.apply(
                new ConfigurationUpdate(ResourceType.CLUSTERS, 2, List.of(), List.of("c")),
                List.of());
        assertThat(resources.of(ResourceType.CLUSTERS)).isEmpty();
    }

    private void save(String node) {
        AcceptedResources resources = new AcceptedResources();
        resources.apply(
                new ConfigurationUpdate(ResourceType.CLUSTERS, 7, List.of(CLUSTER), List.of()),
                List.of());
        new LastGoodFile(folder, node).save(resources, 7, 1_000);
    }
}
