package io.lateen.manager.programmed;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.store.Condition;
import io.lateen.model.codec.Decoded;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.resource.Metadata;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When which condition is written. */
final class ConditionPlanTest {

    private static final Standing EVERYWHERE = new Standing(7, 7, List.of());
    private static final Standing LAGGING =
            new Standing(
                    7, 6, List.of(new Lag("a", "default", 1, "it has not acknowledged RDS yet")));

    private final ConditionPlan plan = new ConditionPlan();
    private Instant now = Instant.parse("2026-11-22T08:00:00Z");
    private Map<ResourceKey, List<Finding>> findings = Map.of();
    private String uid = "one";

    @Test
    void aResourceThatIsInForceIsSaidSoAtOnceAndOnlyOnce() {
        assertThat(programmed(write(1, EVERYWHERE)))
                .isEqualTo(
                        new Condition(
                                "Programmed",
                                Condition.Truth.TRUE,
                                "Programmed",
                                "in force on 7 of 7 sidecars",
                                1));
        after(60_000);
        assertThat(write(1, EVERYWHERE)).isEmpty();
    }

    @Test
    void aShortLagIsNotWrittenALongOneIsWithItsReason() {
        write(1, EVERYWHERE);

        assertThat(write(2, LAGGING)).isEmpty();
        after(900);
        assertThat(write(2, LAGGING)).isEmpty();
        after(200);

        Condition condition = programmed(write(2, LAGGING));
        assertThat(condition.status()).isEqualTo(Condition.Truth.FALSE);
        assertThat(condition.reason()).isEqualTo("Pending");
        assertThat(condition.observedGeneration()).isEqualTo(2);
        assertThat(condition.message())
                .isEqualTo(
                        "in force on 6 of 7 sidecars; lagging: a (it has not acknowledged RDS"
                                + " yet)");
    }

    @Test
    void sidecarsOfOtherNamespacesAreCountedAndNotNamed() {
        Standing where =
                new Standing(
                        7,
                        5,
                        List.of(
                                new Lag("a", "default", 1, "slow"),
                                new Lag("b", "shop", 1, "slow")));

        assertThat(where.sentence("default"))
                .isEqualTo(
                        "in force on 5 of 7 sidecars; lagging: a (slow) and 1 in other"
                                + " namespaces");
        assertThat(where.sentence("elsewhere"))
                .isEqualTo("in force on 5 of 7 sidecars; lagging: 2 in other namespaces");
    }

    @Test
    void aRefusalIsCalledOne() {
        Standing refused =
                new Standing(1, 0, List.of(new Lag("a", "default", 1, "it refused RDS: bad")));
        write(1, refused);
        after(1_000);

        assertThat(programmed(write(1, refused)).reason()).isEqualTo("Rejected");
    }

    @Test
    void twentyEditsASecondAreWrittenOnceASecond() {
        int writes = 0;
        for (int edit = 1; edit <= 100; edit++) {
            writes += write(edit, EVERYWHERE).size();
            after(50);
        }

        assertThat(writes).isEqualTo(5);
    }

    @Test
    void aSentenceThatOnlyCountsDifferentlyWaitsFiveSeconds() {
        write(1, EVERYWHERE);
        Standing eight = new Standing(8, 8, List.of());

        after(4_900);
        assertThat(write(1, eight)).isEmpty();
        after(200);
        assertThat(programmed(write(1, eight)).message()).isEqualTo("in force on 8 of 8 sidecars");
    }

    @Test
    void findingsAreToldInACondition() {
        Resource resource = resource(1);
        findings =
                Map.of(
                        resource.key(),
                        List.of(new Finding(resource.key(), "spec.http[0]", "no such subset")));

        Condition reconciled = write(1, EVERYWHERE).values().iterator().next().getLast();

        assertThat(reconciled.type()).isEqualTo("Reconciled");
        assertThat(reconciled.status()).isEqualTo(Condition.Truth.FALSE);
        assertThat(reconciled.message()).isEqualTo("spec.http[0]: no such subset");
    }

    @Test
    void anotherManagerMayHaveWrittenSince() {
        write(1, EVERYWHERE);

        plan.forget();

        assertThat(write(1, EVERYWHERE)).isNotEmpty();
    }

    @Test
    void aResourceThatIsMadeAgainIsSaidSoAgain() {
        write(1, EVERYWHERE);

        uid = "another";

        assertThat(write(1, EVERYWHERE)).isNotEmpty();
    }

    private Map<ResourceKey, List<Condition>> write(long generation, Standing standing) {
        Resource resource = resource(generation);
        Map<ResourceKey, List<Condition>> due =
                plan.due(
                        Map.of(resource.key(), resource), revision -> standing, findings, now, 100);
        plan.written(due, now);
        return due;
    }

    private void after(long millis) {
        now = now.plusMillis(millis);
    }

    private static Condition programmed(Map<ResourceKey, List<Condition>> written) {
        assertThat(written).hasSize(1);
        return written.values().iterator().next().getFirst();
    }

    private Resource resource(long generation) {
        String yaml =
                """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: reviews, namespace: default}
                spec: {host: reviews}
                """;
        if (!(new ResourceCodec().decodeAll(yaml).getFirst() instanceof Decoded.Accepted read)) {
            throw new AssertionError(yaml);
        }
        Metadata metadata = read.resource().metadata();
        return read.resource()
                .withMetadata(
                        new Metadata(
                                metadata.namespace(),
                                metadata.name(),
                                uid,
                                generation,
                                generation,
                                Instant.EPOCH,
                                Map.of(),
                                Map.of()));
    }
}
