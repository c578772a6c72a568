package io.github.lodepngffm.internal.ffm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lodepngffm.internal.generated.LodepngFfm;
import io.github.lodepngffm.internal.generated.lpf_bmp_bands;
import io.github.lodepngffm.internal.generated.lpf_bmp_info;
import io.github.lodepngffm.internal.generated.lpf_bmp_plan;
import io.github.lodepngffm.internal.generated.lpf_encode_options;
import io.github.lodepngffm.internal.generated.lpf_encode_plan;
import io.github.lodepngffm.internal.generated.lpf_image_data;
import io.github.lodepngffm.internal.generated.lpf_info;
import io.github.lodepngffm.internal.generated.lpf_metadata;
import io.github.lodepngffm.internal.generated.lpf_metadata_chunk;
import io.github.lodepngffm.internal.generated.lpf_options;
import io.github.lodepngffm.internal.generated.lpf_piece;
import io.github.lodepngffm.internal.generated.lpf_pixels;
import io.github.lodepngffm.internal.generated.lpf_plan;
import io.github.lodepngffm.internal.generated.lpf_report;
import io.github.lodepngffm.internal.generated.lpf_selection;
import io.github.lodepngffm.internal.generated.lpf_strips;
import io.github.lodepngffm.internal.generated.lpf_warning;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the funnel has written by hand, for the sake of the first call, against the generated
 * bindings, which {@link AbiTest} compares with the header and the C compiler.
 */
class HandWrittenBindingsTest {
  private static final Path FUNNEL = Path.of("src/main/java/io/github/lodepngffm/internal/ffm");

  private static final Map<String, GroupLayout> STRUCTURES =
      Map.ofEntries(
          Map.entry("OPTIONS", lpf_options.layout()),
          Map.entry("INFO", lpf_info.layout()),
          Map.entry("BMPINFO", lpf_bmp_info.layout()),
          Map.entry("BMPPLAN", lpf_bmp_plan.layout()),
          Map.entry("PLAN", lpf_plan.layout()),
          Map.entry("PIXELS", lpf_pixels.layout()),
          Map.entry("SELECTION", lpf_selection.layout()),
          Map.entry("PIECE", lpf_piece.layout()),
          Map.entry("BANDS", lpf_bmp_bands.layout()),
          Map.entry("REPORT", lpf_report.layout()),
          Map.entry("WARNING", lpf_warning.layout()),
          Map.entry("METADATA", lpf_metadata.layout()),
          Map.entry("CHUNK", lpf_metadata_chunk.layout()),
          Map.entry("SPAN", lpf_image_data.layout()),
          Map.entry("ENCODE_OPTIONS", lpf_encode_options.layout()),
          Map.entry("ENCODE_PLAN", lpf_encode_plan.layout()),
          Map.entry("STRIPS", lpf_strips.layout()));

  /** Called by {@link CodecFunction#callForPointer}. */
  private static final Set<String> NUMBER_TO_POINTER =
      Set.of("lpf_memory_allocate", "lpf_error_text");

  private static final String RESULT_CODES =
      "LPF_(LIMIT_.*|.*_TOO_.*|CANCELLED|(BMP_)?INVALID_.*|DONE|COLOR_TO_GRAY|NO_PALETTE|NOT_.*"
          + "|BMP_NO_.*|BMP_HEADER_BROKEN_OFF|BMP_UNSUPPORTED_.*|BMP_TRUNCATED"
          + "|INDEX_BEYOND_.*|BAD_.*)";

  private static List<Field> constants(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields()).filter(field -> !field.isSynthetic()).toList();
  }

  @Test
  void constantsAreThoseOfTheHeader() throws ReflectiveOperationException {
    assertThat(constants(HeaderConstants.class)).hasSizeGreaterThan(15);
    for (Field constant : constants(HeaderConstants.class)) {
      Object expected = LodepngFfm.class.getMethod(constant.getName()).invoke(null);
      assertThat(constant.getInt(null)).as(constant.getName()).isEqualTo(expected);
    }
  }

  @Test
  void everyResultCodeIsWrittenDown() {
    Set<String> written =
        constants(HeaderConstants.class).stream().map(Field::getName).collect(Collectors.toSet());
    for (var method : LodepngFfm.class.getMethods()) {
      if (method.getName().matches(RESULT_CODES)) {
        assertThat(written).contains(method.getName());
      }
    }
  }

  private static String structureOf(String constant) {
    return STRUCTURES.keySet().stream()
        .filter(structure -> constant.startsWith(structure + "_"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(constant + " belongs to no structure"));
  }

  @Test
  void fieldsLieWhereTheStructuresHaveThem() throws ReflectiveOperationException {
    Set<String> seen = new HashSet<>();
    for (Field constant : constants(Offsets.class)) {
      String structure = structureOf(constant.getName());
      String member = constant.getName().substring(structure.length() + 1).toLowerCase(Locale.ROOT);
      GroupLayout layout = STRUCTURES.get(structure);
      long expected =
          member.equals("size")
              ? layout.byteSize()
              : layout.byteOffset(PathElement.groupElement(member));
      assertThat(constant.getInt(null)).as(constant.getName()).isEqualTo((int) expected);
      seen.add(structure);
    }
    assertThat(seen).isEqualTo(STRUCTURES.keySet());
  }

  /** All that the options have: a new one that nobody sets would be 0, which allows nothing. */
  @Test
  void everyOptionIsSet() {
    Set<String> written =
        constants(Offsets.class).stream().map(Field::getName).collect(Collectors.toSet());
    for (MemoryLayout member : lpf_options.layout().memberLayouts()) {
      String name = member.name().orElseThrow();
      if (!name.equals("reserved")) {
        assertThat(written).contains("OPTIONS_" + name.toUpperCase(Locale.ROOT));
      }
    }
  }

  private static FunctionDescriptor generated(String function) {
    try {
      return (FunctionDescriptor) LodepngFfm.class.getMethod(function + "$descriptor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("the header has no function " + function, e);
    }
  }

  /** Whether an argument, or a result, has a register to itself, and 64 bits of it at most. */
  private static boolean fits(Class<?> type) {
    return type == MemorySegment.class || type == long.class || type == int.class;
  }

  @Test
  void functionsOfTheSharedShapeTakeTheFirstOfItsParametersAndReturnOneOrNothing()
      throws IOException {
    List<String> names = namesIn("CodecFunction\\.of\\(\"(\\w+)\"\\)");
    assertThat(names).contains("lpf_abi_version", "lpf_png_plan", "lpf_png_to_bmp");
    var shape = CodecFunction.SHAPE.toMethodType();
    assertThat(shape.returnType()).isEqualTo(long.class);
    for (String name : names) {
      var function = generated(name).toMethodType();
      if (NUMBER_TO_POINTER.contains(name)) {
        assertThat(function.returnType()).as(name).isEqualTo(MemorySegment.class);
        assertThat(function.parameterCount()).as(name).isEqualTo(1);
        assertThat(fits(function.parameterType(0))).as(name).isTrue();
      } else {
        // what a function without a result leaves where one would be is not looked at
        assertThat(function.returnType()).as(name).isIn(int.class, void.class);
        assertThat(function.parameterList())
            .as(name)
            .isEqualTo(shape.parameterList().subList(0, function.parameterCount()));
      }
    }
  }

  private static List<String> namesIn(String pattern) throws IOException {
    try (Stream<Path> files = Files.list(FUNNEL)) {
      StringBuilder sources = new StringBuilder();
      for (Path file : files.toList()) {
        sources.append(Files.readString(file));
      }
      return Pattern.compile(pattern)
          .matcher(sources)
          .results()
          .map((MatchResult match) -> match.group(1))
          .toList();
    }
  }
}
