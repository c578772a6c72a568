package io.github.lodepngffm.internal.ffm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.internal.load.NativeLoader;
import io.github.lodepngffm.testkit.CCompiler;
import io.github.lodepngffm.testkit.TestClassPath;
import io.github.lodepngffm.testkit.ToolOnPath;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The C header, as the machine's C compiler understands it, against the generated bindings: the
 * test that would notice bindings of an older header. Needs no jextract; what needs a compiler is
 * skipped where there is none.
 */
class AbiTest {
  private static final Path HEADER = Path.of("native/include/lodepng_ffm.h");
  private static final String GENERATED = "io.github.lodepngffm.internal.generated.";

  private static String header;

  @BeforeAll
  static void readHeader() throws IOException {
    header = Files.readString(HEADER).replaceAll("(?s)/\\*.*?\\*/", "");
  }

  private static List<MatchResult> find(String pattern) {
    return Pattern.compile(pattern).matcher(header).results().toList();
  }

  private static List<String> names(String pattern) {
    return find(pattern).stream().map(match -> match.group(1)).toList();
  }

  private static List<String> constants() {
    return names("#define (LPF_[A-Z0-9_]+) +[-0-9(]");
  }

  private static List<String> structs() {
    return names("typedef struct (lpf_[a-z_]+) \\{");
  }

  private static List<MatchResult> functions() {
    return find("LPF_EXPORT\\s+([^;()]*?)(lpf_[a-z0-9_]+)\\(([^)]*)\\);");
  }

  private static GroupLayout layout(String struct) throws ReflectiveOperationException {
    return (GroupLayout) Class.forName(GENERATED + struct).getMethod("layout").invoke(null);
  }

  private static Object bindings(String method) throws ReflectiveOperationException {
    return Class.forName(GENERATED + "LodepngFfm").getMethod(method).invoke(null);
  }

  @Test
  void constantsAndStructuresAreThoseThatTheCompilerSees(@TempDir Path directory) throws Exception {
    CCompiler compiler = CCompiler.assumePresent();
    assertThat(constants()).hasSizeGreaterThan(15);
    assertThat(structs()).hasSizeGreaterThan(4);
    Map<String, Long> expected = new TreeMap<>();
    List<String> lines = new ArrayList<>();
    for (String constant : constants()) {
      expected.put(constant, ((Number) bindings(constant)).longValue());
      lines.add(print(constant, "(int)(" + constant + ")")); // 32 bits, signed in Java
    }
    for (String struct : structs()) {
      GroupLayout layout = layout(struct);
      expected.put(struct, layout.byteSize());
      expected.put(struct + " alignment", layout.byteAlignment());
      lines.add(print(struct, "sizeof(" + struct + ")"));
      lines.add(print(struct + " alignment", "_Alignof(" + struct + ")"));
      for (MemoryLayout member : layout.memberLayouts()) {
        if (member.name().isPresent()) {
          String name = member.name().get();
          String field = struct + "." + name;
          expected.put(field + " offset", layout.byteOffset(PathElement.groupElement(name)));
          expected.put(field + " size", member.byteSize());
          lines.add(print(field + " offset", "offsetof(" + struct + ", " + name + ")"));
          lines.add(print(field + " size", "sizeof(((" + struct + " *)0)->" + name + ")"));
        }
      }
    }
    String program =
        """
        #include <stddef.h>
        #include <stdio.h>
        #include "lodepng_ffm.h"
        int main(void) {
        %s
          return 0;
        }
        """
            .formatted(String.join("\n", lines));
    Map<String, Long> seen =
        compiler
            .run(program, HEADER.getParent(), directory)
            .lines()
            .map(line -> line.split("="))
            .collect(
                Collectors.toMap(
                    part -> part[0], part -> Long.valueOf(part[1]), (a, b) -> b, TreeMap::new));
    assertThat(seen).isEqualTo(expected);
  }

  private static String print(String name, String expression) {
    return "  printf(\"%s=%%lld\\n\", (long long)(%s));".formatted(name, expression);
  }

  /** Offsets alone would not notice a member that a newer header has in the place of padding. */
  @Test
  void structuresHaveTheMembersOfTheHeaderInItsOrder() throws ReflectiveOperationException {
    for (MatchResult struct : find("(?s)typedef struct (lpf_[a-z_]+) \\{(.*?)\\}")) {
      List<String> inHeader =
          Pattern.compile("([a-z_0-9]+)(\\[[A-Z_0-9]+\\])?;")
              .matcher(struct.group(2))
              .results()
              .map(match -> match.group(1))
              .toList();
      List<String> inBindings =
          layout(struct.group(1)).memberLayouts().stream()
              .flatMap(member -> member.name().stream())
              .toList();
      assertThat(layout(struct.group(1))).isInstanceOf(StructLayout.class);
      assertThat(inBindings).as(struct.group(1)).isEqualTo(inHeader);
    }
  }

  @Test
  void functionsTakeAndReturnWhatTheHeaderSays() throws ReflectiveOperationException {
    assertThat(functions()).hasSizeGreaterThan(14);
    for (MatchResult function : functions()) {
      String name = function.group(2);
      String result = function.group(1).strip();
      MemoryLayout[] parameters =
          Arrays.stream(function.group(3).split(","))
              .filter(parameter -> !parameter.strip().equals("void"))
              .map(AbiTest::carrier)
              .toArray(MemoryLayout[]::new);
      FunctionDescriptor expected =
          result.equals("void")
              ? FunctionDescriptor.ofVoid(parameters)
              : FunctionDescriptor.of(carrier(result), parameters);
      FunctionDescriptor found = (FunctionDescriptor) bindings(name + "$descriptor");
      assertThat(found.toMethodType()).as(name).isEqualTo(expected.toMethodType());
    }
  }

  /** By the types that the header allows itself; any other fails the test. */
  private static MemoryLayout carrier(String declaration) {
    String type = declaration.strip();
    if (type.contains("*")) {
      return ValueLayout.ADDRESS;
    }
    if (type.matches("u?int32_t.*")) {
      return ValueLayout.JAVA_INT;
    }
    if (type.startsWith("unsigned long long")) {
      return ValueLayout.JAVA_LONG;
    }
    if (type.startsWith("double")) {
      return ValueLayout.JAVA_DOUBLE;
    }
    throw new AssertionError("a type that differs between platforms: " + type);
  }

  @Test
  void theLibraryExportsEveryFunctionOfTheHeader() {
    Path library = libraryFile();
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup symbols = SymbolLookup.libraryLookup(library, arena);
      for (MatchResult function : functions()) {
        assertThat(symbols.find(function.group(2))).as(function.group(2)).isPresent();
      }
    }
  }

  @Test
  void theLibraryExportsNothingElse(@TempDir Path directory) throws Exception {
    ToolOnPath nm = ToolOnPath.assumePresent("nm");
    String output = nm.run(directory, "-D", "--defined-only", libraryFile().toString());
    TreeSet<String> exported =
        output
            .lines()
            .map(line -> line.substring(line.lastIndexOf(' ') + 1).replaceFirst("@.*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    TreeSet<String> declared =
        functions().stream()
            .map(function -> function.group(2))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(exported).isEqualTo(declared);
  }

  @Test
  void theBindingsHaveNothingThatTheHeaderHasNot() throws Exception {
    TreeSet<String> declared = new TreeSet<>(constants());
    functions().forEach(function -> declared.add(function.group(2)));
    TreeSet<String> bound =
        Stream.of(Class.forName(GENERATED + "LodepngFfm").getMethods())
            .map(method -> method.getName())
            .filter(name -> name.matches("(lpf|LPF)_[A-Za-z0-9_]+"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(bound).isEqualTo(declared);
  }

  private static Path libraryFile() {
    return TestClassPath.mainClasses()
        .resolve("META-INF/native")
        .resolve(NativeLoader.platform())
        .resolve(System.mapLibraryName("lodepngffm"));
  }
}
