package io.lateen.testkit.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules that keep the house standing; each module's {@code HouseRulesTest} applies them to its
 * own main code.
 */
public final class HouseRules {

    private static final List<String> PROGRAMS =
            List.of("manager", "sidecar", "mixer", "authca", "portal", "cli", "samples", "bench");

    /** Of futures: the JDK's and Netty's. */
    private static final Set<String> WAITS =
            Set.of("get", "join", "await", "awaitUninterruptibly", "sync", "syncUninterruptibly");

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
                .haveNameNotMatching(".*Factory(\\$.*)?")
                .should()
                .dependOnClassesThat(are(resideInAPackage("io.envoyproxy..")))
                .because("the wire's shape must not travel inward");
    }

    /** Rule 4: siblings that never import each other, such as {@code io.lateen.x.filter}. */
    public static ArchRule siblingsApart(String parent) {
        return slices().matching(parent + ".(*)..")
                .should()
                .notDependOnEachOther()
                .because("each is read, changed and taken out alone");
    }

    /** Rule 4: a package that of ours knows only itself and what is named. */
    public static ArchRule knowsOnly(String knowing, String... known) {
        String[] allowed =
                Stream.concat(Stream.of(knowing), Stream.of(known)).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(knowing)
                .should()
                .dependOnClassesThat(
                        are(resideInAPackage("io.lateen.."))
                                .and(DescribedPredicate.not(resideInAnyPackage(allowed))))
                .because("what everything stands on must not know what stands on it");
    }

    /** Rule 2: no framework for wiring, and none of its annotations. */
    public static ArchRule noSpring() {
        return noClasses()
                .should()
                .dependOnClassesThat(are(resideInAnyPackage("org.springframework..", "jakarta..")))
                .because("it starts in a blink, and its wiring is read top-down");
    }

    /**
     * Rule 5: nothing on the request path waits, sleeps, or reads and writes files or blocking
     * sockets.
     *
     * @param offThePath classes of these packages that no event loop calls
     */
    public static ArchRule nothingBlocks(Set<String> offThePath, String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .and(
                        DescribedPredicate.describe(
                                "on the request path",
                                candidate -> !offThePath.contains(outermost(candidate).getName())))
                .should()
                .callMethodWhere(
                        DescribedPredicate.describe("the method blocks", HouseRules::isBlocking))
                .orShould()
                .dependOnClassesThat(
                        are(DescribedPredicate.describe("blocking IO", HouseRules::isBlockingIo)))
                .because("one that waits makes every connection of its event loop wait");
    }

    /**
     * Rule 8: one type alone publishes a {@code value} from thread to thread; everyone else is
     * handed it.
     */
    public static ArchRule heldBy(Class<?> holder, Class<?> value) {
        return fields().that(
                        DescribedPredicate.describe(
                                "publish one " + value.getSimpleName() + " after another",
                                (JavaField field) -> publishes(field, value)))
                .should()
                .beDeclaredIn(holder)
                .because("what is in force is published in one place, and read there");
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

    private static boolean isBlocking(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        String method = call.getTarget().getName();
        return (owner.isEquivalentTo(Thread.class)
                        && (method.equals("sleep") || method.equals("join")))
                || (owner.isEquivalentTo(Object.class) && method.equals("wait"))
                || (owner.isEquivalentTo(LockSupport.class) && method.startsWith("park"))
                || (owner.isAssignableTo(Future.class) && WAITS.contains(method))
                || (owner.isAssignableTo(BlockingQueue.class)
                        && (method.equals("take") || method.equals("put")))
                || (owner.isAssignableTo(Condition.class) && method.startsWith("await"))
                || (owner.getPackageName().equals("java.util.concurrent")
                        && (method.equals("await") || method.equals("acquire")))
                || (owner.getPackageName().startsWith("reactor.") && isReactorsWait(method))
                || (owner.isEquivalentTo(InetAddress.class) && method.endsWith("ByName"));
    }

    private static boolean isReactorsWait(String method) {
        return method.startsWith("block")
                || method.equals("bindNow")
                || method.equals("connectNow")
                || method.equals("disposeNow");
    }

    private static boolean isBlockingIo(JavaClass type) {
        String room = type.getPackageName();
        return room.equals("java.nio.file")
                || (room.equals("java.net")
                        && List.of("Socket", "ServerSocket", "HttpURLConnection", "URLConnection")
                                .contains(type.getSimpleName()))
                || (room.equals("java.io")
                        && List.of(
                                        "FileInputStream",
                                        "FileOutputStream",
                                        "FileReader",
                                        "FileWriter",
                                        "RandomAccessFile")
                                .contains(type.getSimpleName()));
    }

    private static boolean publishes(JavaField field, Class<?> value) {
        boolean names =
                field.getType().getAllInvolvedRawTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(value));
        // What one thread keeps for itself, such as a connection the plan that it began with, is
        // neither.
        return names
                && (field.getModifiers().contains(JavaModifier.VOLATILE)
                        || field.getRawType().isEquivalentTo(AtomicReference.class));
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
