package io.lateen.testkit.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/**
 * The rules that keep the house standing; each module's {@code HouseRulesTest} applies them to its
 * own main code.
 */
public final class HouseRules {

    private static final List<String> PROGRAMS =
            List.of("manager", "sidecar", "mixer", "authca", "portal", "cli", "samples", "bench");

    private HouseRules() {}

    /** The main classes of {@code io.lateen.<module>}. */
    public static JavaClasses mainClassesOf(String module) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.lateen." + module);
    }

    /** The rules that hold in every module: packages without cycles, said what for, named well. */
    public static void checkEveryModule(String module) {
        JavaClasses classes = mainClassesOf(module);
        noCyclesBetweenPackages(module).check(classes);
        everyPackageIsNullMarked().check(classes);
        noPackageWithoutMeaning().check(classes);
        namesThatSaySomething().check(classes);
    }

    /** Rule 1: no cycles between the packages of a module. */
    public static ArchRule noCyclesBetweenPackages(String module) {
        return slices().matching("io.lateen." + module + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .because("a package is understood alone or not at all");
    }

    /** Rule 1: a program depends on no other program. */
    public static ArchRule noOtherProgram(String program) {
        String[] others =
                PROGRAMS.stream()
                        .filter(other -> !other.equals(program))
                        .map(other -> "io.lateen." + other + "..")
                        .toArray(String[]::new);
        return noClasses()
                .should()
                .dependOnClassesThat(are(resideInAnyPackage(others)))
                .because("programs meet over the wire, and share only the model");
    }

    /** Rule 2: packages that are functions from values to values. */
    public static ArchRule pure(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat(
                        are(
                                resideInAnyPackage(
                                        "org.springframework..",
                                        "jakarta..",
                                        "java.net.http..",
                                        "java.nio.file..",
                                        "java.nio.channels..",
                                        "java.sql..",
                                        "javax.sql..",
                                        "io.grpc..",
                                        "io.netty..")))
                .orShould()
                .dependOnClassesThat(
                        are(
                                DescribedPredicate.describe(
                                        "threads and clocks", HouseRules::isThreadOrClock)))
                .because("they are values in, values out: cached by their inputs, tested by pairs");
    }

    /** Rule 3: Envoy's messages are seen only where they are read and written. */
    public static ArchRule envoyMessagesOnlyIn(String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .and()
                .haveSimpleNameNotEndingWith("Factory")
                .should()
                .dependOnClassesThat(are(resideInAPackage("io.envoyproxy..")))
                .because("the wire's shape must not travel inward");
    }

    /** Rule 6: clocks, randomness and environment come from the composition root. */
    public static ArchRule noAmbientSources(String... compositionRoots) {
        return noClasses()
                .that(
                        DescribedPredicate.not(
                                DescribedPredicate.describe(
                                        "composition roots",
                                        candidate ->
                                                List.of(compositionRoots)
                                                        .contains(outermost(candidate).getName()))))
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .because("time, chance and surroundings are handed in, so that tests script them");
    }

    /** Rule 7: every package says what it is for and is null-marked. */
    public static ArchRule everyPackageIsNullMarked() {
        return classes()
                .should(
                        new ArchCondition<>("be in a @NullMarked package with a package-info") {
                            @Override
                            public void check(JavaClass item, ConditionEvents events) {
                                JavaPackage room = item.getPackage();
                                if (!room.isAnnotatedWith(NullMarked.class)) {
                                    events.add(
                                            SimpleConditionEvent.violated(
                                                    item,
                                                    room.getName()
                                                            + ": expected a package-info that says"
                                                            + " what the package is for, with"
                                                            + " @NullMarked"));
                                }
                            }
                        });
    }

    /** No package named after nothing. */
    public static ArchRule noPackageWithoutMeaning() {
        return noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..", "..common..", "..impl..", "..dto..", "..misc..", "..helper..")
                .because("such a name says nothing of what is inside");
    }

    /** No class named after nothing. */
    public static ArchRule namesThatSaySomething() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Impl|Processor|Info|Base)")
                .because("if no better name comes, the class has no job");
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass at = type;
        while (at.getEnclosingClass().isPresent()) {
            at = at.getEnclosingClass().get();
        }
        return at;
    }

    private static boolean isThreadOrClock(JavaClass type) {
        return type.isEquivalentTo(Thread.class)
                || type.isEquivalentTo(java.time.Clock.class)
                || type.isAssignableTo(java.util.concurrent.Executor.class);
    }
}
