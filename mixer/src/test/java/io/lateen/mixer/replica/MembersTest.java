package io.lateen.mixer.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which mixer counts which rule. */
final class MembersTest {

    private static final List<Replica> THREE =
            IntStream.rangeClosed(1, 3)
                    .mapToObj(i -> new Replica(new UUID(i, -i), "10.0.0." + i, 9091))
                    .toList();
    private static final List<String> RULES =
            IntStream.range(0, 300).mapToObj(i -> "default/rule-" + i).toList();

    private final Members members = new Members();

    @Test
    void everyMixerCountsSomeRules() {
        members.are(THREE);

        Map<String, Long> counted =
                RULES.stream()
                        .map(rule -> members.inOrderOf(rule).getFirst().host())
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(counted).hasSize(3);
        assertThat(counted.values()).allSatisfy(n -> assertThat(n).isBetween(60L, 140L));
    }

    @Test
    void anOrderDoesNotDependOnWhoIsTold() {
        members.are(THREE);
        Members others = new Members();
        others.are(THREE.reversed());

        assertThat(RULES)
                .allSatisfy(
                        rule ->
                                assertThat(others.inOrderOf(rule))
                                        .isEqualTo(members.inOrderOf(rule)));
    }

    @Test
    void whenOneGoesOnlyItsRulesMoveAndEachToItsSecond() {
        members.are(THREE);
        Map<String, List<Replica>> before =
                RULES.stream().collect(Collectors.toMap(Function.identity(), members::inOrderOf));
        Replica gone = THREE.get(1);

        members.are(THREE.stream().filter(each -> !each.equals(gone)).toList());

        assertThat(before)
                .allSatisfy(
                        (rule, order) ->
                                assertThat(members.inOrderOf(rule).getFirst())
                                        .isEqualTo(
                                                order.getFirst().equals(gone)
                                                        ? order.get(1)
                                                        : order.getFirst()));
    }

    @Test
    void nobodyIsKnownAtFirst() {
        assertThat(members.inOrderOf("default/rule")).isEmpty();
        assertThat(members.count()).isZero();
    }
}
