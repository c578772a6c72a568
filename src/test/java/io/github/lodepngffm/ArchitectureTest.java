package io.github.lodepngffm;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import io.github.lodepngffm.testkit.OutermostClasses;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The direction of dependencies: public API, internal, generated bindings. */
class ArchitectureTest {
  private static final String API = "io.github.lodepngffm";
  private static final String INTERNAL = API + ".internal..";
  private static final String GENERATED = API + ".internal.generated..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(API);

  /** What the caller starts from; everything else of the API is data. */
  private static final Set<String> ENTRY_POINTS =
      Set.of(
          API + ".Png",
          API + ".Bmp",
          API + ".Buffers",
          API + ".AsyncConverter",
          API + ".Task",
          API + ".NativeSupport");

  /** The restricted methods of JDK 25, as owner and name. */
  private static final Set<String> RESTRICTED =
      Set.of(
          "java.lang.foreign.MemorySegment.reinterpret",
          "java.lang.foreign.AddressLayout.withTargetLayout",
          "java.lang.foreign.Linker.downcallHandle",
          "java.lang.foreign.Linker.upcallStub",
          "java.lang.foreign.SymbolLookup.libraryLookup",
          "java.lang.ModuleLayer$Controller.enableNativeAccess",
          "java.lang.System.load",
          "java.lang.System.loadLibrary",
          "java.lang.Runtime.load",
          "java.lang.Runtime.loadLibrary");

  private static final String FUNNEL = API + ".internal.ffm";

  private static final DescribedPredicate<JavaClass> NATIVE_ACCESS =
      describe(
          "in the funnel, or the loader",
          type ->
              type.getPackageName().equals(FUNNEL)
                  || OutermostClasses.nameOf(type).equals(API + ".internal.load.NativeLoader"));

  private static final DescribedPredicate<JavaClass> DATA =
      describe(
          "a record, enum, value or exception of the API",
          type ->
              type.getPackageName().equals(API)
                  && (isValue(type) || type.isAssignableTo(Throwable.class)));

  /** Values that are no records, since they will have more parts than they have today. */
  private static final Set<String> GROWING_VALUES =
      Set.of(
          API + ".DecodeOptions",
          API + ".EncodeOptions",
          API + ".PngMetadata",
          API + ".MetadataValues");

  private static boolean isValue(JavaClass type) {
    return type.isRecord() || type.isEnum() || GROWING_VALUES.contains(type.getName());
  }

  /** What jextract has made is not ours to cut. */
  private static final SliceAssignment HAND_WRITTEN =
      new OutermostClasses(API + ".internal.generated");

  private static DescribedPredicate<JavaClass> topLevelIn(Set<String> names) {
    return describe("in " + names, type -> names.contains(OutermostClasses.nameOf(type)));
  }

  @Test
  void theRulesAreAboutAllOfTheLibrary() {
    assertThat(CLASSES.size()).isGreaterThan(25);
    assertThat(CLASSES.stream().filter(DATA)).hasSizeGreaterThan(5);
    assertThat(CLASSES.contain(API + ".internal.generated.LodepngFfm")).isTrue();
    assertThat(CLASSES.stream().flatMap(type -> type.getMethodCallsFromSelf().stream()))
        .as("restricted calls are recognised")
        .anyMatch(ArchitectureTest::isRestricted);
  }

  @Test
  void internalsUseTheDataOfTheApiButNeverItsEntryPoints() {
    check(
        noClasses()
            .that()
            .resideInAPackage(INTERNAL)
            .should()
            .dependOnClassesThat(topLevelIn(ENTRY_POINTS))
            .because("the API stands on the internals, not the other way round"));
    check(
        classes()
            .that()
            .resideInAPackage(INTERNAL)
            .should()
            .onlyDependOnClassesThat(
                describe(
                    "outside the library, internal, or data of the API",
                    type ->
                        !type.getPackageName().startsWith(API)
                            || type.getPackageName().startsWith(API + ".internal")
                            || DATA.test(type))));
  }

  @Test
  void noTwoPackagesOfTheInternalsNeedEachOther() {
    check(slices().matching(API + ".internal.(*)..").should().beFreeOfCycles());
  }

  @Test
  void noTwoClassesNeedEachOther() {
    check(
        slices()
            .assignedFrom(HAND_WRITTEN)
            .should()
            .beFreeOfCycles()
            .ignoreDependency(ImageException.class, PngException.class)
            .ignoreDependency(ImageException.class, BmpException.class)
            .ignoreDependency(ImageException.class, PngException.Kind.class)
            .because(
                "what needs each other cannot be read apart; the exceptions do, since callers know"
                    + " the kind by the name that it has in PngException"));
  }

  /** So that a rule which looks past the wrong classes does not pass for one that is kept. */
  @Test
  void aCircleThroughANestedClassIsSeen() {
    JavaClasses circle = new ClassFileImporter().importPackages(API + ".circle");
    assertThat(
            slices()
                .assignedFrom(HAND_WRITTEN)
                .should()
                .beFreeOfCycles()
                .evaluate(circle)
                .getFailureReport()
                .getDetails())
        .singleElement()
        .asString()
        .contains(API + ".circle.Hen -> ", API + ".circle.Egg");
  }

  @Test
  void onlyTheFunnelKnowsTheGeneratedBindings() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(GENERATED, FUNNEL)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(GENERATED));
  }

  @Test
  void nothingMapsFilesOrIsCalledFromNativeCode() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(GENERATED)
            .should()
            .callMethodWhere(
                describe(
                    "maps a file, or makes a stub that native code can call",
                    call ->
                        Set.of("map", "upcallStub").contains(call.getName())
                            && Set.of("java.nio.channels.FileChannel", "java.lang.foreign.Linker")
                                .contains(call.getTargetOwner().getName())))
            .because("a truncated mapping, or an exception in a stub, ends the virtual machine"));
  }

  @Test
  void onlyTheFunnelAndTheLoaderCallRestrictedMethods() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(GENERATED)
            .and(DescribedPredicate.not(NATIVE_ACCESS))
            .should()
            .accessTargetWhere(describe("a method is restricted", access -> isRestricted(access))));
  }

  private static boolean isRestricted(JavaAccess<?> access) {
    return access instanceof JavaCodeUnitAccess<?> call
        && RESTRICTED.contains(call.getTargetOwner().getName() + "." + call.getTarget().getName());
  }

  @Test
  void valuesOfTheApiDependOnNothingOfOursButEachOther() {
    check(
        classes()
            .that(
                describe(
                    "are values of the API",
                    type -> type.getPackageName().equals(API) && isValue(type)))
            .should()
            .onlyDependOnClassesThat(
                describe(
                    "of the JDK, or values of the API",
                    type ->
                        !type.getPackageName().startsWith(API)
                            || isValue(type.getBaseComponentType()))));
  }

  /** Also what keeps the command line, and all else that stands on the API, out of this build. */
  @Test
  void theLibraryDependsOnTheJdkAlone() {
    check(
        classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "jdk..", API, INTERNAL));
  }

  @Test
  void publicSignaturesShowNoInternalType() {
    check(
        methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage(API)
            .and()
            .arePublic()
            .should(showNoInternalType()));
  }

  private static ArchCondition<JavaMethod> showNoInternalType() {
    return new ArchCondition<>("show no internal type") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        if (!method.getOwner().getModifiers().contains(JavaModifier.PUBLIC)) {
          return;
        }
        Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
            .filter(type -> type.getPackageName().startsWith(API + ".internal"))
            .forEach(type ->
                events.add(
                    SimpleConditionEvent.violated(
                        method, method.getFullName() + " shows " + type.getName())));
      }
    };
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
