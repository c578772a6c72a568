package io.github.lodepngffm.internal.ffm;

import io.github.lodepngffm.PngWarning;
import io.github.lodepngffm.internal.generated.LodepngFfm;
import io.github.lodepngffm.internal.generated.lpf_report;
import io.github.lodepngffm.internal.generated.lpf_warning;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** The damage that a report lists. */
final class Warnings {
  private Warnings() {}

  static List<PngWarning> of(MemorySegment report) {
    int count = lpf_report.warning_count(report);
    if (count == 0) {
      return List.of();
    }
    int held =
        Integer.compareUnsigned(count, LodepngFfm.LPF_WARNING_CAPACITY()) < 0
            ? count
            : LodepngFfm.LPF_WARNING_CAPACITY();
    MemorySegment warnings = lpf_report.warnings(report);
    List<PngWarning> list = new ArrayList<>(held);
    for (int i = 0; i < held; i++) {
      MemorySegment warning = lpf_warning.asSlice(warnings, i);
      int code = lpf_warning.code(warning);
      list.add(
          new PngWarning(
              code,
              letters(lpf_warning.chunk_type(warning)),
              lpf_warning.offset(warning),
              AboutCalls.errorText(code)));
    }
    return list;
  }

  private static String letters(int chunkType) {
    StringBuilder letters = new StringBuilder(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      char letter = (char) (chunkType >>> shift & 0xff);
      boolean ascii = letter >= 'A' && letter <= 'Z' || letter >= 'a' && letter <= 'z';
      letters.append(ascii ? letter : '?');
    }
    return letters.toString();
  }
}
