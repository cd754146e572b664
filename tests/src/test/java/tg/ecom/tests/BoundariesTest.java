package tg.ecom.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.InstantSource;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tg.ecom.database.Migrate;
import tg.ecom.platform.FunctionRuntime;

/** Which part may know which: what a newcomer would otherwise learn from a review. */
class BoundariesTest {
    private static final int SOURCE_LINES_MAX = 300;

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("tg.ecom");

    @ParameterizedTest
    @MethodSource("parts")
    void everyPart_isAmongWhatIsChecked(String part) {
        assertFalse(OURS.that(resideInAPackage("tg.ecom." + part + "..")).isEmpty(), part);
    }

    @Test
    void kernel_knowsNoAwsNoSqlAndNoJson() {
        noClasses()
                .that(resideInAPackage("tg.ecom.kernel.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "software.amazon..",
                        "com.amazonaws..",
                        "org.crac..",
                        "java.sql..",
                        "javax.sql..",
                        "org.postgresql..",
                        "org.jdbi..",
                        "com.fasterxml..",
                        "com.networknt..",
                        "com.nimbusds..",
                        "org.slf4j.."))
                .check(OURS);
        knowsOnly("kernel");
    }

    @Test
    void platform_knowsNoDomainAndNoLedger() {
        knowsOnly("platform", "kernel");
    }

    @Test
    void ledger_knowsNoDomain() {
        knowsOnly("ledger", "kernel", "platform");
    }

    @Test
    void interpreterOfStepFunctions_knowsNothingOfEcom() {
        knowsOnly("states");
    }

    @ParameterizedTest
    @MethodSource("domains")
    void domain_knowsTheLayersAndNoOtherDomain(String domain) {
        knowsOnly(domain, "kernel", "platform", "ledger");
    }

    @Test
    void environmentAndTime_comeFromTheRuntimeAlone() {
        noClasses()
                .that(resideInAPackage("tg.ecom..")
                        .and(DescribedPredicate.not(resideInAPackage("tg.ecom.local..")))
                        .and(DescribedPredicate.not(
                                JavaClass.Predicates.belongToAnyOf(FunctionRuntime.class, Migrate.class))))
                .should()
                .accessTargetWhere(
                        describe("reads the process's environment or clock", access -> isOfTheProcess(access)))
                .check(OURS);
    }

    @Test
    void connections_areMadeByPlatformAlone() {
        noClasses()
                .that(resideInAnyPackage("tg.ecom.ledger..", "tg.ecom.kernel..").or(inADomain()))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.postgresql..", "javax.sql..")
                        .or(JavaClass.Predicates.equivalentTo(DriverManager.class)))
                .check(OURS);
    }

    @Test
    void json_isMappedByPlatformsMapperAlone() {
        noClasses()
                .that(resideInAPackage("tg.ecom.ledger..").or(inADomain()))
                .should()
                .accessTargetWhere(describe("makes a mapper of its own", access -> isAMapperMade(access)))
                .check(OURS);
    }

    @Test
    void handlers_areFinalAndLambdaCanMakeThem() {
        classes()
                .that()
                .areAssignableTo(RequestStreamHandler.class)
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .bePublic()
                .check(OURS);
    }

    @Test
    void sources_areShortEnoughToRead() throws IOException {
        List<Path> sources = Repository.productionSources();
        assertFalse(sources.isEmpty());
        List<Path> tooLong = new ArrayList<>();
        for (Path source : sources) {
            if (Files.readAllLines(source).size() > SOURCE_LINES_MAX) {
                tooLong.add(Repository.ROOT.relativize(source));
            }
        }
        assertEquals(List.of(), tooLong);
    }

    static Stream<String> domains() throws IOException {
        return Repository.domains().stream();
    }

    static Stream<String> parts() throws IOException {
        return Stream.concat(
                Stream.of("kernel", "platform", "ledger", "database", "states", "local"),
                Repository.domains().stream());
    }

    /** Of all that is ours, the part depends on itself and on these others. */
    private static void knowsOnly(String part, String... others) {
        DescribedPredicate<JavaClass> known = resideInAPackage("tg.ecom." + part + "..");
        for (String other : others) {
            known = known.or(resideInAPackage("tg.ecom." + other + ".."));
        }
        noClasses()
                .that(resideInAPackage("tg.ecom." + part + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage("tg.ecom..").and(DescribedPredicate.not(known)))
                .check(OURS);
    }

    private static DescribedPredicate<JavaClass> inADomain() {
        try {
            return resideInAnyPackage(Repository.domains().stream()
                    .map(domain -> "tg.ecom." + domain + "..")
                    .toArray(String[]::new));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isOfTheProcess(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        JavaClass owner = target.getOwner();
        return switch (target.getName()) {
            case "getenv", "currentTimeMillis" -> owner.isEquivalentTo(System.class);
            case "now" -> owner.isAssignableTo(Temporal.class) && !isGivenAClock(target);
            case "system" -> owner.isEquivalentTo(InstantSource.class) || owner.isEquivalentTo(Clock.class);
            case "systemUTC", "systemDefaultZone" -> owner.isEquivalentTo(Clock.class);
            case "<init>" -> owner.isEquivalentTo(Date.class) && isWithoutArguments(target);
            default -> false;
        };
    }

    private static boolean isGivenAClock(AccessTarget target) {
        return target instanceof AccessTarget.CodeUnitAccessTarget called
                && called.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static boolean isWithoutArguments(AccessTarget target) {
        return target instanceof AccessTarget.CodeUnitAccessTarget called
                && called.getRawParameterTypes().isEmpty();
    }

    private static boolean isAMapperMade(JavaAccess<?> access) {
        JavaClass owner = access.getTarget().getOwner();
        String name = access.getTarget().getName();
        return (name.equals("<init>") && owner.isAssignableTo(ObjectMapper.class))
                || (name.equals("builder") && owner.isEquivalentTo(JsonMapper.class));
    }
}
