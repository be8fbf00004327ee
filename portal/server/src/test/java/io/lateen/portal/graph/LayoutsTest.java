package io.lateen.portal.graph;

import static io.lateen.testkit.property.Property.forAll;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Where nodes stand, and above all that they stay there. */
final class LayoutsTest {
    private static final String SCOPE = "*/";

    private final Layouts layouts = new Layouts(new LayeredLayout());

    @Test
    void callersStandLeftOfWhatTheyCall() {
        Layouts.Layout layout =
                layouts.of(
                        SCOPE,
                        topology("page", "reviews", "ratings")
                                .with("page", "reviews")
                                .with("reviews", "ratings")
                                .build());

        assertThat(layout.of("page").x()).isLessThan(layout.of("reviews").x());
        assertThat(layout.of("reviews").x()).isLessThan(layout.of("ratings").x());
    }

    @Test
    void nothingMovesOnRefresh() {
        forAll(
                40,
                random -> {
                    Topology topology = random(random, 1 + random.nextInt(30));

                    Layouts.Layout before = layouts.of("refresh", topology);
                    Layouts.Layout after = layouts.of("refresh", topology);

                    assertThat(after).isEqualTo(before);
                });
    }

    @Test
    void noOldNodeMovesWhenOneIsAddedAndNoneOverlaps() {
        forAll(
                60,
                random -> {
                    var own = new Layouts(new LayeredLayout());
                    Builder growing = new Builder();
                    int size = 1 + random.nextInt(25);
                    for (int i = 0; i < size; i++) {
                        growing.node("n" + i);
                        connect(growing, random, i);
                    }
                    Layouts.Layout before = own.of(SCOPE, growing.build());

                    growing.node("n" + size);
                    connect(growing, random, size);
                    Layouts.Layout after = own.of(SCOPE, growing.build());

                    assertThat(after.places()).containsAllEntriesOf(before.places());
                    assertThat(after.places()).hasSize(size + 1);
                    assertThat(after.key()).isNotEqualTo(before.key());
                    assertNoOverlap(after);
                });
    }

    @Test
    void lateNodesHaveRoomForLabelsAndLinesHoweverManyComeOneAfterAnother() {
        forAll(
                60,
                random -> {
                    var own = new Layouts(new LayeredLayout());
                    Builder growing = new Builder();
                    int early = 4 + random.nextInt(12);
                    for (int i = 0; i < early; i++) {
                        growing.node("n" + i);
                        connect(growing, random, i);
                    }
                    Layouts.Layout before = own.of(SCOPE, growing.build());
                    for (int i = early; i < early * 2; i++) {
                        growing.node("n" + i);
                        connect(growing, random, i);
                        // Also a call between two that were there.
                        connect(growing, random, random.nextInt(i));
                        Layouts.Layout after = own.of(SCOPE, growing.build());

                        assertThat(after.places()).containsAllEntriesOf(before.places());
                        Box late = after.of("n" + i);
                        assertThat(before.places().values())
                                .as("around %s", late)
                                .noneMatch(late::crowds);
                        before = after;
                    }
                });
    }

    @Test
    void theSamplesVersionsThatAreCalledLateCoverNoLabelAndNoLine() {
        String page = "productpage-v1";
        List<String> versions = List.of("reviews-v1", "reviews-v2", "reviews-v3");
        for (String first : versions) {
            var own = new Layouts(new LayeredLayout());
            Builder sample =
                    topology("ingress", page, "details-v1", "ratings-v1", "unknown", first)
                            .with("ingress", page)
                            .with("ingress", "unknown")
                            .with(page, "details-v1")
                            .with(page, first)
                            .with(first, "ratings-v1");
            Layouts.Layout layout = own.of(SCOPE, sample.build());
            for (String version : versions) {
                sample.node(version);
                sample.with(page, version);
                layout = own.of(SCOPE, sample.build());
            }
            for (String version : versions) {
                sample.with(version, "ratings-v1");
                layout = own.of(SCOPE, sample.build());
            }

            assertNothingIsCovered(sample.build(), layout);
        }
    }

    @Test
    void aNodeThatComesBackStandsWhereItStood() {
        Topology both = topology("a", "b", "c", "d").with("a", "b").with("c", "d").build();
        Topology one = topology("a", "b").with("a", "b").build();

        Layouts.Layout before = layouts.of("back", both);
        layouts.of("back", one);

        assertThat(layouts.of("back", both)).isEqualTo(before);
    }

    @Test
    void aCallThatComesOrGoesMovesNothingButChangesTheKey() {
        Topology without = topology("a", "b", "c").with("a", "b").build();
        Topology with = topology("a", "b", "c").with("a", "b").with("a", "c").build();

        Layouts.Layout before = layouts.of("call", without);
        Layouts.Layout after = layouts.of("call", with);

        assertThat(after.places()).isEqualTo(before.places());
        assertThat(after.key()).isNotEqualTo(before.key());
    }

    @Test
    void tidyingUpLaysOutAnewAndChangesTheKey() {
        var own = new Layouts(new LayeredLayout());
        own.of(SCOPE, topology("b", "c").with("b", "c").build());
        Topology grown = topology("a", "b", "c").with("a", "b").with("b", "c").build();
        Layouts.Layout pinned = own.of(SCOPE, grown);

        own.tidy(SCOPE);
        Layouts.Layout tidied = own.of(SCOPE, grown);

        assertThat(tidied.key()).isNotEqualTo(pinned.key());
        assertThat(tidied).isEqualTo(own.of(SCOPE, grown));
        assertThat(tidied.of("a").x()).isLessThan(tidied.of("b").x());
        assertNoOverlap(tidied);
    }

    @Test
    void theSameTopologyIsLaidOutTheSameEverywhere() {
        forAll(
                10,
                random -> {
                    Topology topology = random(random, 12);
                    assertThat(new LayeredLayout().place(topology))
                            .isEqualTo(new LayeredLayout().place(topology));
                });
    }

    @Test
    void fiveHundredNodesArePlacedWithoutOverlap() {
        Topology large = random(new SplittableRandom(7), 500);

        Layouts.Layout layout = new Layouts(new LayeredLayout()).of(SCOPE, large);

        assertThat(layout.places()).hasSize(500);
        assertNoOverlap(layout);
    }

    private static void assertNoOverlap(Layouts.Layout layout) {
        List<Map.Entry<String, Box>> boxes = new ArrayList<>(layout.places().entrySet());
        for (int i = 0; i < boxes.size(); i++) {
            for (int j = i + 1; j < boxes.size(); j++) {
                assertThat(boxes.get(i).getValue().isCloseTo(boxes.get(j).getValue(), 0))
                        .as("%s over %s", boxes.get(i), boxes.get(j))
                        .isFalse();
            }
        }
    }

    /** Every call runs from left to right, past all nodes, and its label covers nothing. */
    private static void assertNothingIsCovered(Topology topology, Layouts.Layout layout) {
        List<Box> seen = new ArrayList<>(layout.places().values());
        for (Topology.Call call : topology.calls()) {
            Box source = layout.of(call.source());
            Box target = layout.of(call.target());
            assertThat(Drawing.runsBack(source, target)).as("%s in %s", call, layout).isFalse();
            Box label = Drawing.label(source, target);
            assertThat(seen)
                    .as("label of %s in %s", call, layout)
                    .noneMatch(box -> box.isCloseTo(label, 0));
            seen.add(label);
            assertThat(layout.places().values())
                    .as("line of %s in %s", call, layout)
                    .noneMatch(
                            box ->
                                    !box.equals(source)
                                            && !box.equals(target)
                                            && Drawing.passesOver(source, target, box));
        }
    }

    private static Topology random(SplittableRandom random, int size) {
        Builder builder = new Builder();
        for (int i = 0; i < size; i++) {
            builder.node("n" + i);
            connect(builder, random, i);
        }
        return builder.build();
    }

    private static void connect(Builder builder, SplittableRandom random, int node) {
        for (int i = random.nextInt(3); i > 0 && node > 0; i--) {
            String other = "n" + random.nextInt(node);
            if (random.nextBoolean()) {
                builder.with("n" + node, other);
            } else {
                builder.with(other, "n" + node);
            }
        }
    }

    private static Builder topology(String... nodes) {
        Builder builder = new Builder();
        for (String node : nodes) {
            builder.node(node);
        }
        return builder;
    }

    private static final class Builder {
        private final TreeMap<String, Box> nodes = new TreeMap<>();
        private final TreeSet<Topology.Call> calls = new TreeSet<>();

        void node(String name) {
            nodes.put(name, new Box(0, 0, 140, 56));
        }

        Builder with(String source, String target) {
            calls.add(new Topology.Call(source, target));
            return this;
        }

        Topology build() {
            return new Topology(new TreeMap<>(nodes), new TreeSet<>(calls));
        }
    }
}
