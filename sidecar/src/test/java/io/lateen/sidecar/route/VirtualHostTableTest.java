package io.lateen.sidecar.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.testkit.property.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VirtualHostTableTest {

    private static final List<String> LABELS = List.of("a", "b", "ab", "www");

    @Test
    void prefersExactThenSuffixThenPrefixThenAny() {
        VirtualHostTable<String> table =
                table("*", "www.*", "*.example.com", "*.b.example.com", "a.b.example.com");

        assertThat(table.find("a.b.example.com")).isEqualTo("a.b.example.com");
        assertThat(table.find("x.b.example.com")).isEqualTo("*.b.example.com");
        assertThat(table.find("www.example.com")).isEqualTo("*.example.com");
        assertThat(table.find("www.example.org")).isEqualTo("www.*");
        assertThat(table.find("other")).isEqualTo("*");
    }

    @Test
    void ignoresCaseAndPort() {
        VirtualHostTable<String> table = table("reviews", "*.example.com");

        assertThat(table.find("REVIEWS:9080")).isEqualTo("reviews");
        assertThat(table.find("A.Example.Com:80")).isEqualTo("*.example.com");
        assertThat(table.find("[::1]:80")).isNull();
    }

    @Test
    void lookUpWithAPortIsTheSameAsWithout() {
        VirtualHostTable<String> table =
                VirtualHostTable.of(
                        true,
                        List.of(
                                new VirtualHostTable.Entry<>("reviews:80", "with port"),
                                new VirtualHostTable.Entry<>("reviews", "without")));

        assertThat(table.find("reviews:80")).isEqualTo("without");
        assertThat(table.find("reviews")).isEqualTo("without");
    }

    @Test
    void aWildcardStandsForAtLeastOneCharacter() {
        assertThat(table("*.example.com").find(".example.com")).isNull();
        assertThat(table("example.*").find("example.")).isNull();
    }

    @Test
    void agreesWithANaiveSearchOnRandomTables() {
        Property.forAll(
                2_000,
                random -> {
                    Set<String> domains = new LinkedHashSet<>();
                    for (int i = 0; i < random.nextInt(1, 8); i++) {
                        domains.add(randomDomain(random));
                    }
                    VirtualHostTable<String> table = table(domains.toArray(String[]::new));
                    String host = randomName(random) + (random.nextBoolean() ? ":80" : "");

                    assertThat(table.find(host))
                            .as("%s in %s", host, domains)
                            .isEqualTo(naive(domains, host));
                });
    }

    private static @Nullable String naive(Set<String> domains, String authority) {
        String host = authority.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        String best = null;
        int bestRank = -1;
        for (String domain : domains) {
            int rank = rank(domain, host);
            if (rank > bestRank) {
                best = domain;
                bestRank = rank;
            }
        }
        return best;
    }

    private static int rank(String domain, String host) {
        if (domain.equals(host)) {
            return 30_000;
        }
        if (domain.equals("*")) {
            return 0;
        }
        String fixed = domain.replace("*", "");
        if (domain.startsWith("*") && host.endsWith(fixed) && host.length() > fixed.length()) {
            return 20_000 + fixed.length();
        }
        if (domain.endsWith("*") && host.startsWith(fixed) && host.length() > fixed.length()) {
            return 10_000 + fixed.length();
        }
        return -1;
    }

    private static String randomDomain(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> "*";
            case 1, 2 -> "*." + randomName(random);
            case 3 -> randomName(random) + ".*";
            default -> randomName(random);
        };
    }

    private static String randomName(SplittableRandom random) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < random.nextInt(1, 4); i++) {
            labels.add(LABELS.get(random.nextInt(LABELS.size())));
        }
        return String.join(".", labels);
    }

    private static VirtualHostTable<String> table(String... domains) {
        return VirtualHostTable.of(
                true,
                Arrays.stream(domains)
                        .map(domain -> new VirtualHostTable.Entry<>(domain, domain))
                        .toList());
    }
}
